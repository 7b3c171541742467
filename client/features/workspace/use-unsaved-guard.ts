import { useEffect } from 'react';

/** Leaving asks first while the server lacks something that was written here. */
export function useUnsavedGuard(unsaved: number): void {
  useEffect(() => {
    if (unsaved === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
