import type { SocketParams } from '../../shared/wire/protocol.ts';

/** `https://report.example` → `wss://report.example` */
export function socketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws');
}

/** The query of a socket's address, as the provider wants it. @param extra further parameters, such as a script's token */
export function queryOf(params: SocketParams, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const query: Record<string, string> = { ...extra };
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query[name] = String(value);
  return query;
}
