/* Runs before the page is painted: a theme somebody chose must not flash. */
try { const theme = localStorage.getItem("theme"); if (theme) document.documentElement.dataset.theme = theme } catch { /* storage is off */ }
