export { DeskBar } from './DeskBar.tsx';
export { placeAddress } from './place.ts';
export { SearchPage } from './SearchPage.tsx';
export { useArrival } from './use-arrival.ts';

import './search.css';
