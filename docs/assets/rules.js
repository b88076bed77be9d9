// On the page of all rules: a field that filters the rows by code, name, effect or words.
document.addEventListener("DOMContentLoaded", () => {
  const title = document.querySelector("h1#rules");
  if (!title) return;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Filter: BP5, refused, off by default, fix, get_input …";
  field.setAttribute("aria-label", "Filter the rules");
  field.style.cssText = "width:100%;padding:.5rem;margin-bottom:1rem;border:1px solid currentColor";
  title.after(field);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll("table tbody tr")) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
});
