/** An error as OpenAI's API says it (https://platform.openai.com/docs/guides/error-codes). */
export function errorResponse(
  status: number,
  message: string,
  { param = null, code = null }: { readonly param?: string | null; readonly code?: string | null } = {},
): Response {
  const type = status === 401 ? "authentication_error" : "invalid_request_error";
  return Response.json({ error: { message, type, param, code } }, { status });
}
