export { AccountPage } from './AccountPage.tsx';

import './account.css';
