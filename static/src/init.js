// Starts the packages' components. Their addresses carry a hash that only the page knows, so the
// page hands them over as data attributes; MoJ's is fetched only where something uses it.
const packages = document.getElementById('front-end').dataset

const { initAll } = await import(packages.govuk)
initAll()

if (document.querySelector('[data-module^="moj-"]')) {
  const { initAll: initMoj } = await import(packages.moj)
  initMoj()
}
