import * as v from "valibot";

/** A column that holds a list as JSON. */
export function jsonListColumn<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.string(), v.parseJson(), v.array(item));
}
