import type { Pagination } from "@crescendai/contracts";

export function paginationOf(
  { page, limit }: { readonly page: number; readonly limit: number },
  total: number,
): Pagination {
  return { page, limit, total, total_pages: Math.ceil(total / limit) };
}
