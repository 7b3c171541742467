import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../node_modules/.cache/gongbi/figures');

/** Leaves figures (scenarios passed, seeds run, kills survived …) for `npm run proof`, which prints them under `name` in its last line. */
export function writeFigures(name: string, figures: Readonly<Record<string, number | string | boolean>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures)}\n`);
}
