import type { Page } from 'playwright-core';

/** Changes in this browser's own storage that wait for the server. */
export function keptUnsent(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let count = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name ?? ''));
      if (database.objectStoreNames.contains('outbox')) count += await asked(database.transaction('outbox').objectStore('outbox').count());
      database.close();
    }
    return count;
  });
}
