import { hash } from 'node:crypto';
import type { Sha256 } from '../core/ports.ts';

const SCRATCH = new Uint8Array(16 * 1024);

/** SHA-256 of the concatenation of `parts`, in one native call: made for many short inputs. */
export const sha256: Sha256 = (...parts) => {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return digest(only);
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = length <= SCRATCH.length ? SCRATCH.subarray(0, length) : new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return digest(joined);
};

function digest(bytes: Uint8Array): Uint8Array {
  const buffer = hash('sha256', bytes, 'buffer');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
