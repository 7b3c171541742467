export { InvitePage } from './InvitePage.tsx';
export { JoinPage } from './JoinPage.tsx';
export { NotFoundPage } from './NotFoundPage.tsx';
export { NotYoursPage } from './NotYoursPage.tsx';
export { PlainPage } from './PlainPage.tsx';
export { SetupPage } from './SetupPage.tsx';
export { SignedOutPage } from './SignedOutPage.tsx';

import './sign-in.css';
