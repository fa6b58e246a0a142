/** Why a login is held back whose e-mail and password on-demand.io does not take. The window says it in its own language. */
export const wrongPairReason = 'on-demand.io refuses the sign-in: the e-mail or the password is wrong';
