export { TermsPage } from './TermsPage.tsx';

import './terms.css';
