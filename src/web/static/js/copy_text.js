// Copies a ready text to the clipboard. The button appears only where that can work.
const button = document.querySelector('[data-copy]');

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      document.getElementById('kabar-salin').textContent = button.dataset.done;
    } catch {
      // The reader said no: the text is selected, so that Ctrl+C does it.
      field.focus();
      field.select();
    }
  });
}
