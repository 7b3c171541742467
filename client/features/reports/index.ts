export { HomePage } from './HomePage.tsx';

import './reports.css';
