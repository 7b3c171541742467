import type { MemberId } from '../../shared/ids.ts';
import {
  decideTerms,
  type HouseTerms,
  indexHouseTerms,
  type TermCommand,
  type TermRefusal,
} from '../../shared/proofreading/house-terms.ts';
import type { TermIndex } from '../../shared/proofreading/rules/terms.ts';
import type { Result } from '../../shared/result.ts';
import { ok } from '../../shared/result.ts';
import type { Clock, Records } from './ports.ts';

/** The office's table of fixed terms: one for the house, kept with its records. */
export class TermTable {
  private readonly records: Pick<Records, 'terms' | 'putTerms'>;
  private readonly clock: Clock;
  private indexed: { readonly of: HouseTerms; readonly index: TermIndex } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(records: Pick<Records, 'terms' | 'putTerms'>, clock: Clock) {
    this.records = records;
    this.clock = clock;
  }

  terms(): HouseTerms {
    return this.records.terms();
  }

  /** The same object until the table changes. */
  index(): TermIndex {
    const terms = this.terms();
    if (this.indexed?.of !== terms) this.indexed = { of: terms, index: indexHouseTerms(terms) };
    return this.indexed.index;
  }

  /** One change after the other, each judged on the outcome of the one before it. */
  change(by: MemberId, command: TermCommand): Promise<Result<HouseTerms, TermRefusal>> {
    const run = async (): Promise<Result<HouseTerms, TermRefusal>> => {
      const decided = decideTerms(this.terms(), command, by, this.clock.now());
      if (!decided.ok) return decided;
      await this.records.putTerms(decided.value);
      return ok(this.terms());
    };
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
