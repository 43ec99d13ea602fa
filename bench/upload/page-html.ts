/** A page with a field for files and one script, which makes `uploadChosen`. */
export const pageHtml = (script: string): string => `<!doctype html>
<html lang="en">
<title>Upload bench</title>
<link rel="icon" href="data:,">
<label>Files <input type="file" multiple></label>
<script type="module" src="${script}"></script>
</html>
`;
