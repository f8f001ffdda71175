/**
 * A binding with some of its methods replaced: everything else goes to the binding itself. It has the binding's own
 * type, so that a fault can be put wherever the real one is used.
 */
export function overriding<Target extends object>(
  target: Target,
  methods: { readonly [Name in keyof Target]?: (...args: never[]) => unknown },
): Target {
  const replaced = new Map<PropertyKey, unknown>(Object.entries(methods));
  return new Proxy(target, {
    get(_target, name) {
      if (replaced.has(name)) return replaced.get(name);
      const value: unknown = Reflect.get(target, name);
      // The binding's methods insist on their own object.
      return typeof value === "function"
        ? (...args: unknown[]): unknown => Reflect.apply(value, target, args)
        : value;
    },
  });
}
