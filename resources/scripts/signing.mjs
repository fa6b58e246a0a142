// Says which of the packages made here will be signed, and what is missing where not. electron-builder itself reads the variables.

const given = (env, ...names) => names.every((name) => Boolean(env[name]));

/** Apple takes one of three sets of credentials for notarisation. */
const notaries = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
];

/**
 * One line for each thing that a platform's packages can have and the environment gives or does not give.
 * @param {string} platform as `process.platform`
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export function signingLines(platform, env) {
  if (platform === 'darwin') {
    if (!given(env, 'CSC_LINK') && !given(env, 'CSC_NAME'))
      return [
        'macOS: signed for this machine only, not notarised: CSC_LINK (the certificate) is not set. Gatekeeper will ask its users.',
      ];
    const notarised = notaries.some((names) => given(env, ...names));
    return [
      'macOS: signed with the certificate of CSC_LINK or CSC_NAME.',
      notarised
        ? 'macOS: notarised with the Apple account of the environment.'
        : `macOS: not notarised: set ${notaries.map((names) => names.join(', ')).join('; or ')}.`,
    ];
  }
  if (platform === 'win32') {
    if (given(env, 'WIN_CSC_LINK') || given(env, 'CSC_LINK'))
      return ['Windows: signed with the certificate of WIN_CSC_LINK or CSC_LINK.'];
    return [
      'Windows: not signed: WIN_CSC_LINK (the certificate) is not set. SmartScreen will ask its users.',
    ];
  }
  return ['Linux: packages are not signed; compare them with SHA256SUMS.'];
}
