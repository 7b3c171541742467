import type { Result } from '../../../shared/result.ts';
import { err, ok } from '../../../shared/result.ts';
import { type AccountsApi, createAccountsApi } from '../../api/accounts.ts';
import { type BlanksApi, createBlanksApi } from '../../api/blanks.ts';
import { createExportApi, type ExportApi } from '../../api/export.ts';
import { createHistoryApi, type HistoryApi } from '../../api/history.ts';
import { createHomeApi, type HomeApi } from '../../api/home.ts';
import { type Api, ApiFailure, type ApiOptions, createApi } from '../../api/http.ts';
import { createParticularsApi, type ParticularsApi } from '../../api/particulars.ts';

import { createPastApi, type PastApi } from '../../api/past.ts';
import { createProofreadingApi, type ProofreadingApi } from '../../api/proofreading.ts';
import { createReplaceApi, type ReplaceApi } from '../../api/replace.ts';
import { createThreadsApi, type ThreadsApi } from '../../api/threads.ts';

const OPTIONS: ApiOptions = { fetch: (input, init) => globalThis.fetch(input, init), origin: '' };

/** The page's one way to the server by HTTP. */
export const api: Api = createApi(OPTIONS);
export const accounts: AccountsApi = createAccountsApi(OPTIONS);
export const desk: HomeApi = createHomeApi(OPTIONS);
export const particulars: ParticularsApi = createParticularsApi(OPTIONS);

export const historyApi: HistoryApi = createHistoryApi(OPTIONS);
export const past: PastApi = createPastApi(OPTIONS);

export const blanksApi: BlanksApi = createBlanksApi(OPTIONS);
export const exportApi: ExportApi = createExportApi(OPTIONS);
export const proofreadingApi: ProofreadingApi = createProofreadingApi(OPTIONS);
export const replaceApi: ReplaceApi = createReplaceApi(OPTIONS);
export const threadsApi: ThreadsApi = createThreadsApi(OPTIONS);

/** A request's refusal as a value: on a screen it is an expected outcome with words of its own. */
export async function ask<Value>(request: Promise<Value>): Promise<Result<Value, ApiFailure>> {
  try {
    return ok(await request);
  } catch (error) {
    if (error instanceof ApiFailure) return err(error);
    throw error;
  }
}
