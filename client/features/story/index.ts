export { type AskedStory, askStory } from './asked.ts';
export { StoryButton } from './StoryButton.tsx';
export { StoryDialog } from './StoryDialog.tsx';

import './story.css';
