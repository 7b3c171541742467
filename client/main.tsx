import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { chooseLanguage, startLanguage, storedLanguage } from './i18n/start.ts';
import { startTheme } from './ui/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/kit.css';

startTheme();
await startLanguage(chooseLanguage(storedLanguage(), navigator.languages));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
// not in StrictMode: its rehearsed unmounting moves each editor's element out of the page and so takes the caret away
createRoot(root).render(<App />);

// free faces for machines without the official ones; after the first picture, so that nobody waits for them
void import('./styles/faces.ts');
