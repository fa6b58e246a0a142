/** Whether the bytes of such a file are text that a model can read as it stands. */
export function isTextType(mediaType: string | null): boolean {
  return /^text\/|^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|x-yaml|javascript|typescript|sql|toml|x-sh)\b/i.test(
    mediaType ?? '',
  );
}
