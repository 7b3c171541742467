import type { MemberId } from '../../../shared/ids.ts';
import type { ListedFinding } from './model.ts';

/** What the person can do with findings, and who the others are. */
export interface FindingDesk {
  readonly mayIgnore: boolean;
  /** Why the text cannot be put right by this person now; null = it can. */
  readonly whyNotFix: string | null;
  name(member: MemberId): string;
  placeName(node: ListedFinding['place']['node']): string;
  /** Findings that say the same of the same words. */
  alike(finding: ListedFinding): readonly ListedFinding[];
  fix(finding: ListedFinding): void;
  ignore(findings: readonly ListedFinding[], reason: string): Promise<boolean>;
  recall(finding: ListedFinding): Promise<boolean>;
}
