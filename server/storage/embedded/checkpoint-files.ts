import type { ChapterId, ReportId } from '../../../shared/ids.ts';
import type { Checkpoint, Checkpoints } from '../../core/ports.ts';
import { sha256 } from '../sha256.ts';
import { BytesError, ByteWriter } from './bytes.ts';
import { openSealed, putSealHead } from './chain-file.ts';
import type { Disk } from './disk.ts';
import { joinPath, replaceFile } from './disk.ts';
import { WorkLine } from './work-line.ts';

/** Checkpoints, one file a chapter: derived, may be deleted (docs/FORMAT.md §8). */
const MAGIC = 'GONGBI-K';
const VERSION = 1;

export function createCheckpointFiles(
  disk: Disk,
  reportFolder: (report: ReportId) => string,
  warn: (message: string) => void,
): Checkpoints {
  const folderFor = (report: ReportId) => joinPath(reportFolder(report), 'checkpoints');
  const pathFor = (report: ReportId, chapter: ChapterId) => joinPath(folderFor(report), `${chapter}.gyk`);
  /** One write at a time: two of one chapter would share a temporary name. */
  const work = new WorkLine();
  return {
    async load(report, chapter) {
      const path = pathFor(report, chapter);
      try {
        const bytes = await disk.readFile(path);
        if (bytes === null) return null;
        const checkpoint = decode(bytes);
        if (checkpoint === null) warn(`${path}: the checkpoint does not verify and is not used; it will be made anew`);
        return checkpoint;
      } catch (error) {
        warn(`${path}: the checkpoint can't be read and is not used (${error instanceof Error ? error.message : String(error)})`);
        return null;
      }
    },
    save(report, chapter, checkpoint) {
      return work.run(async () => {
        await disk.makeFolder(folderFor(report));
        await replaceFile(disk, pathFor(report, chapter), encode(checkpoint));
        await disk.syncFolder(reportFolder(report));
      });
    },
  };
}

function encode(checkpoint: Checkpoint): Uint8Array {
  const writer = new ByteWriter(128 + checkpoint.join.length + checkpoint.full.length);
  putSealHead(writer, MAGIC, VERSION);
  writer.varuint(checkpoint.seq);
  for (const part of [checkpoint.join, checkpoint.full]) {
    writer.varuint(part.length);
    writer.put(part);
  }
  writer.put(sha256(writer.view()));
  return writer.view();
}

function decode(bytes: Uint8Array): Checkpoint | null {
  const reader = openSealed(bytes, MAGIC, VERSION);
  if (reader === null) return null;
  try {
    const seq = reader.varuint();
    const join = reader.take(reader.varuint()).slice();
    const full = reader.take(reader.varuint()).slice();
    return reader.done ? { seq, join, full } : null;
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
}
