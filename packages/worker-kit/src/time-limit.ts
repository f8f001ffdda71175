/**
 * What a promise gives, if it gives it in time; otherwise rejects. What was begun goes on by itself, and what comes of
 * it is dropped.
 */
export async function withTimeLimit<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  // Too late is no fault that anybody would still hear of.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
