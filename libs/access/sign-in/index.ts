export { AccountIdentity } from './account-identity.entity.js';
export { requireFreshProof } from './fresh-proof.js';
export { LEAST_PASSWORD_CHARACTERS, MOST_PASSWORD_CHARACTERS } from './password-rules.js';
export {
  changePassword,
  lookAtLink,
  orderResetLink,
  ownAccount,
  redeemLink,
  requirePassword,
  unlockName,
} from './passwords.js';
export { RecoveryCode, SecondFactor } from './second-factor.entity.js';
export {
  confirmSecondFactor,
  needsSecondFactor,
  offerSecondFactor,
  removeSecondFactor,
  replaceRecoveryCodes,
  secondFactorState,
  takeSecondFactorAway,
} from './second-factor.js';
export { seal, unseal } from './secret-box.js';
export { SignInThrottle } from './sign-in-throttle.entity.js';
export type { SignInPolicy, Visit } from './sign-in-policy.js';
export { offerFirstSecondFactor, proveSecondFactor, setUpSecondFactor, signIn } from './sign-in.js';
export { beginSingleSignOn, finishSingleSignOn } from './single-sign-on.js';
export { codeAt } from './totp.js';
