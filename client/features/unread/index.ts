export { UnreadBar } from './UnreadBar.tsx';
export { stepFrom, type UnreadBlock } from './unread-list.ts';
export { useReading } from './use-reading.ts';
export { useSeen } from './use-seen.ts';
export { type UnreadView, useUnread } from './use-unread.ts';
export { useUnreadKeys } from './use-unread-keys.ts';

import './unread.css';
