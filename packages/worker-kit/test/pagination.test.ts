import { expect, it } from "vitest";
import { paginationOf } from "../src/pagination.ts";

it.each([
  { total: 0, total_pages: 0 },
  { total: 1, total_pages: 1 },
  { total: 20, total_pages: 1 },
  { total: 21, total_pages: 2 },
])("$total entries, 20 on a page, have $total_pages pages", ({ total, total_pages }) => {
  const pagination = { page: 3, limit: 20, total, total_pages };
  expect(paginationOf({ page: 3, limit: 20 }, total)).toEqual(pagination);
});
