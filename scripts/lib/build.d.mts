/** What the tests, which are TypeScript, use of build.mjs. */
export function keptBuild(): Promise<string>;
