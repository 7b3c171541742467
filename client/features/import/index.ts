export { ImportPage } from './ImportPage.tsx';

import './import.css';
