/* The style sheet of HTML reports: light, dark and paper; one measure for sentences, full width for tables and pictures.
 *
 * Colours are those of pictures (svg.c), as variables, so that a player has one colour in words, tables and pictures. */
#include "report/html_style.h"

#include "report/picture.h"

static const char rules[] =
    "*{box-sizing:border-box}\n"
    "html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,'Segoe "
    "UI',Roboto,'Helvetica Neue',sans-serif;overflow-wrap:break-word}\n"
    "body>*{max-width:66rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}\n"
    "header{padding-top:3rem}\n"
    "header p{margin:.25rem 0;color:var(--muted)}\n"
    ".kicker{font-size:.8rem;letter-spacing:.08em;text-transform:uppercase}\n"
    "h1,h2,h3,h4,h5{line-height:1.25;font-weight:650;text-wrap:balance}\n"
    "h1{font-size:clamp(1.6rem,4vw,2.3rem);margin:.3rem 0 .6rem;letter-spacing:-.01em}\n"
    "h2{font-size:1.5rem;margin:0 0 .75rem;letter-spacing:-.005em}\n"
    "h3{font-size:1.17rem;margin:2rem 0 .5rem}\n"
    "h4{font-size:1rem;margin:1.5rem 0 .4rem}\n"
    "h5{font-size:.95rem;margin:1.2rem 0 .3rem;color:var(--muted)}\n"
    "main>section{border-top:1px solid var(--faint);padding-top:2rem;margin-top:2.5rem}\n"
    "main>section:first-child,main>section.lead{border:0;margin-top:0;padding-top:1rem}\n"
    "p,ul,ol,dl,.note,h2,h3,h4,h5{max-width:46rem}\n"
    "p{margin:.6rem 0}\n"
    "ul,ol{padding-left:1.3rem;margin:.6rem 0}\n"
    "li{margin:.3rem 0}\n"
    "a{color:inherit;text-decoration-color:var(--muted);text-underline-offset:.2em}\n"
    "a:hover{text-decoration-thickness:2px}\n"
    ":focus-visible{outline:2px solid var(--p0);outline-offset:2px}\n"
    "nav{margin-top:1.5rem}\n"
    "nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 1.2rem;padding:.8rem "
    "0;margin:0;max-width:none;"
    "border-top:1px solid var(--faint);border-bottom:1px solid var(--faint);font-size:.92rem}\n"
    "nav li{margin:0}\n"
    "nav a{text-decoration:none}\n"
    "nav a:hover{text-decoration:underline}\n"
    "strong{font-weight:650}\n"
    "code,pre,samp{font-family:ui-monospace,'SF Mono','Cascadia Code','DejaVu Sans "
    "Mono',monospace;font-size:.9em}\n"
    "code{background:var(--wash);padding:.08em .3em;border-radius:3px;white-space:nowrap}\n"
    "pre{background:var(--wash);padding:.9rem "
    "1rem;border-radius:6px;overflow:auto;line-height:1.45;font-size:.82rem;"
    "max-height:34rem}\n"
    ".term{text-decoration:underline dotted var(--muted);text-underline-offset:.22em;cursor:help}\n"
    ".name{font-weight:600}\n"
    ".note{border-left:3px solid var(--muted);padding:.35rem 0 .35rem .9rem;margin:1rem "
    "0;color:var(--muted)}\n"
    ".note.warn,.note.unsure{border-color:var(--accent);color:var(--ink)}\n"
    "dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.3rem 1.4rem;margin:.8rem 0}\n"
    "dt{color:var(--muted)}\n"
    "dd{margin:0;font-variant-numeric:tabular-nums}\n";

/* Tables, pictures, what is folded; phones; the start of paper. */
static const char more_rules[] =
    ".scroll{overflow-x:auto;margin:1.1rem "
    "0;padding-right:2.5rem;max-width:100%;display:inline-block;vertical-align:top}\n"
    "table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums;line-height:1.4}\n"
    "caption{text-align:left;font-weight:600;padding:0 0 .5rem;font-size:.95rem}\n"
    "th,td{padding:.38rem .9rem .38rem 0;text-align:left;vertical-align:top;border-bottom:1px solid "
    "var(--faint)}\n"
    "thead th{font-weight:600;color:var(--muted);font-size:.85rem;vertical-align:bottom;border-bottom:1px "
    "solid "
    "var(--muted)}\n"
    "tbody th{font-weight:500}\n"
    "tbody tr:last-child>*{border-bottom:0}\n"
    ".r{text-align:right;white-space:nowrap}\n"
    ".c{text-align:center}\n"
    "tr:target>*,section:target>h2,section:target>h3{background:color-mix(in srgb,var(--accent) "
    "16%,transparent)}\n"
    ".yes{font-weight:600}\n"
    ".no,.quiet{color:var(--muted)}\n"
    ".unsure,.warn{color:var(--accent)}\n"
    ".note.quiet{font-size:.92rem}\n"
    "svg.bar{width:7rem;height:.6rem;margin-left:.7rem;vertical-align:baseline;background:var(--wash);"
    "border-radius:2px}\n"
    "figure{margin:1.4rem 0}\n"
    "figure>div{overflow-x:auto}\n"
    "figure.wide{--w:min(100vw - 3rem,80rem);width:var(--w);margin-left:calc((100% - var(--w))/2)}\n"
    "figure.wide>figcaption{margin-left:max(0px,(var(--w) - 61rem)/2)}\n"
    "#answers>section{display:grid;grid-template-columns:12.5rem 1fr;gap:0 1.5rem;padding:.7rem "
    "0;border-top:1px solid var(--faint)}\n"
    "#answers>section>h3{margin:.1rem 0;font-size:1rem}\n"
    "#answers>section>p{margin:0}\n"
    "#answers h3 a,nav a{text-decoration:none}\n"
    "figure svg{display:block;max-width:100%;height:auto;min-width:min(100%,var(--least,0px))}\n"
    "figcaption{color:var(--muted);font-size:.9rem;margin-top:.6rem;max-width:46rem}\n"
    "details{margin:.9rem 0;border:1px solid var(--faint);border-radius:6px;padding:.1rem 1rem}\n"
    "details>:last-child{margin-bottom:1rem}\n"
    "summary{cursor:pointer;padding:.5rem 0;font-weight:600}\n"
    "footer{margin-top:4rem;padding-bottom:3rem;color:var(--muted);font-size:.85rem}\n"
    "@media(max-width:40rem){header{padding-top:1.5rem}#answers>section{grid-template-columns:1fr}dl{grid-"
    "template-columns:1fr;gap:0}dd{margin-bottom:."
    "6rem}"
    "svg.bar{width:4rem}figure.scrolls>div>svg{max-width:none}code{white-space:normal}}\n"
    "@media print{:root{";

static const char paper[] =
    "--wash:#f4f5f7}body{font-size:10pt;line-height:1.45}body>*{max-width:none;padding:0}header{padding-top:"
    "0}"
    "nav{display:none}main>section{break-before:auto;margin-top:1.4rem;padding-top:1rem}"
    "h1,h2,h3,h4,caption{break-after:avoid}figure,tr,.note{break-inside:avoid}pre{max-height:none;white-"
    "space:pre-wrap;"
    "font-size:7.5pt}.scroll,figure>div{overflow:visible}table{font-size:8.5pt}th,td{padding:.2rem .6rem "
    ".2rem 0}"
    "figure.wide{width:auto;margin-left:0}details{border:0;padding:0}details::details-content{content-"
    "visibility:visible;height:auto}a{text-"
    "decoration:none}"
    "@page{margin:18mm 16mm}}\n";

void dtn_html_style(dtn_out *out)
{
    dtn_out_text(out, ":root{color-scheme:light dark;--wash:#f2f4f7;");
    dtn_picture_inks(out, false);
    dtn_out_text(out, "}\n@media screen and (prefers-color-scheme:dark){:root{--wash:#1e242b;");
    dtn_picture_inks(out, true);
    dtn_out_text(out, "}}\n");
    dtn_out_text(out, rules);
    dtn_out_text(out, more_rules);
    dtn_picture_inks(out, false);
    dtn_out_text(out, paper);
    dtn_picture_classes(out);
    dtn_out_char(out, '\n');
    for (int p = 0; p < DTN_PLAYER_COLOURS; p++)
        dtn_out_print(out, ".p%d{color:var(--p%d)}", p, p);
    dtn_out_char(out, '\n');
}
