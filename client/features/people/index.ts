export { PeoplePage } from './PeoplePage.tsx';

import './people.css';
