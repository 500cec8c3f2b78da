/* The pages of the site without a network: all files of `SITE.files` are kept under the version of their contents, and
   those of an older version are dropped when the new ones are there. Films come from the network alone. */
"use strict";
const PREFIX = `coursepack:${self.registration.scope}:`;
const CACHE = PREFIX + SITE.version;
const OWN = new Set(SITE.files.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener("install", (event) => {
  const asked = [...OWN].map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(asked)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(PREFIX) && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

/* A part of a sound, as players ask for it. */
async function part(response, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range);
  const whole = await response.arrayBuffer(), size = whole.byteLength;
  if (!asked || (!asked[1] && !asked[2])) return new Response(whole, { headers: response.headers });
  const first = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  const last = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  const headers = { "Content-Type": response.headers.get("Content-Type") || "", "Content-Range": `bytes ${first}-${last}/${size}`,
    "Accept-Ranges": "bytes" };
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const url = new URL(event.request.url);
  url.hash = url.search = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  if (!OWN.has(url.href)) return;
  const range = event.request.headers.get("Range");
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(url.href)).then((found) => {
    if (!found) return fetch(event.request);
    if (found.redirected) found = new Response(found.body, { headers: found.headers }); // a redirect may not answer a visit
    return range ? part(found, range) : found;
  }));
});
