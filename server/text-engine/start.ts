import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextEngine } from '../core/ports.ts';
import { InProcessTextEngine } from './engine.ts';
import type { TextFault } from './report-texts.ts';
import { WorkerTextEngine } from './worker-engine.ts';

/** In the built server the worker lies beside the main script. */
function builtWorker(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'worker.js');
}

/**
 * The text engine as this process can have it: in a worker thread where there is a built worker, else (tests, run from source) in this
 * thread. Both answer the same (test/server/text-engine/engine-contract.test.ts).
 * @param onFault is told of each entry that could not be applied
 * @param workerFile the built worker
 */
export function startTextEngine(onFault: (fault: TextFault) => void = () => {}, workerFile = builtWorker()): TextEngine {
  return existsSync(workerFile) ? new WorkerTextEngine(workerFile, onFault) : new InProcessTextEngine(onFault);
}
