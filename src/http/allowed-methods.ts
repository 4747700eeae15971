import type { Request } from 'express';

interface RouteLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> } | undefined;
  match(path: string): boolean;
}

/** Methods that other routes of the application take at this path; empty when nobody knows the path. */
export function allowedMethodsOf(request: Request): readonly string[] {
  const router = request.app.router as unknown as { readonly stack: readonly RouteLayer[] };
  const methods = new Set<string>();
  for (const layer of router.stack) {
    if (!layer.route || !matches(layer, request.path)) continue;
    for (const [method, isTaken] of Object.entries(layer.route.methods)) {
      if (isTaken && method !== '_all') methods.add(method.toUpperCase());
    }
  }
  return [...methods].toSorted();
}

function matches(layer: RouteLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path with a broken percent sign matches nothing.
    return false;
  }
}
