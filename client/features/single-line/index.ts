export type { LineAnswer, SendLine } from './edit.ts';
export { oneLine } from './edit.ts';
export { LineEditor } from './LineEditor.tsx';
export { LineTroubleCard } from './LineTroubleCard.tsx';
export { type Line, useLine } from './use-line.ts';
