export { RescueList } from './RescueList.tsx';

import './rescue.css';
