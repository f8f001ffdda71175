import type { Pagination } from "@crescendai/contracts";

/**
 * What an answer says of the page of a list that it has.
 *
 * @param limit entries on a page, at least 1.
 * @param total entries of all pages; of none there is no page.
 */
export function paginationOf(
  { page, limit }: { readonly page: number; readonly limit: number },
  total: number,
): Pagination {
  return { page, limit, total, total_pages: Math.ceil(total / limit) };
}
