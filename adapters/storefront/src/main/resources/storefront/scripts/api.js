/* Swagger UI on our own document. Its requests use the session, or an entered token, never both. */

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor(request) {
    if (request.headers.Authorization) {
      request.credentials = "omit";
    } else {
      // By which the gateway knows that it is no other site that makes the browser ask.
      request.headers["X-Requested-By"] = "docs";
    }
    return request;
  },
});
