/** Lines for the person at the terminal: to stderr, so that stdout stays what a script's caller asked for. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Something the person can mend stands in the way: one plain sentence, no stack. */
export class PlainError extends Error {}

/** Runs a script's main function; a PlainError is said in its own words. */
export async function runMain(main) {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    say(error instanceof PlainError ? `\n${error.message}` : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}

/** The oldest Node that every part runs on. */
const OLDEST = [20, 19];

/** @throws PlainError on an older Node. Written so that an old Node can still read this file and say it. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new PlainError(
    `Gongbi needs Node ${OLDEST.join('.')} or newer; this is ${version}. Install a newer Node from https://nodejs.org and try again.`,
  );
}
