/** How R2 says that a multipart upload was completed or aborted already (its error code 10024, NoSuchUpload). */
const NO_SUCH_UPLOAD = /\(10024\)/;

/** Drops the parts of a multipart upload; one that is no longer under way has none, which is no error. */
export async function abortMultipart(multipart: R2MultipartUpload): Promise<void> {
  try {
    await multipart.abort();
  } catch (cause) {
    if (!(cause instanceof Error && NO_SUCH_UPLOAD.test(cause.message))) throw cause;
  }
}
