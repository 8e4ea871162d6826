/* LaTeX: an article with booktabs tables and TikZ pictures, to be compiled with pdflatex, lualatex or xelatex. */
#include <string.h>

#include "report/marks.h"
#include "report/picture.h"
#include "report/render.h"

typedef struct writer {
    dtn_out *out;
    int level;
} writer;

/* Characters that LaTeX needs a command for. */
static const struct {
    const char *text, *command;
} commands[] = {
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"$", "\\$"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"%", "\\%"},
    {"_", "\\_"},
    {"^", "\\textasciicircum{}"},
    {"~", "\\textasciitilde{}"},
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"|", "\\textbar{}"},
    {"\u00a0", "~"},
    {"≈", "\\(\\approx\\)"},
    {"≤", "\\(\\le\\)"},
    {"≥", "\\(\\ge\\)"},
    {"≠", "\\(\\ne\\)"},
    {"→", "\\(\\to\\)"},
    {"←", "\\(\\leftarrow\\)"},
    {"×", "\\(\\times\\)"},
    {"∞", "\\(\\infty\\)"},
    {"−", "\\(-\\)"},
    {"±", "\\(\\pm\\)"},
    {"·", "\\(\\cdot\\)"},
    {"α", "\\(\\alpha\\)"},
    {"β", "\\(\\beta\\)"},
    {"γ", "\\(\\gamma\\)"},
    {"δ", "\\(\\delta\\)"},
    {"ε", "\\(\\varepsilon\\)"},
    {"θ", "\\(\\theta\\)"},
    {"κ", "\\(\\kappa\\)"},
    {"λ", "\\(\\lambda\\)"},
    {"μ", "\\(\\mu\\)"},
    {"π", "\\(\\pi\\)"},
    {"ρ", "\\(\\rho\\)"},
    {"σ", "\\(\\sigma\\)"},
    {"Δ", "\\(\\Delta\\)"},
    {"∈", "\\(\\in\\)"},
    {"✓", "yes"},
    {"✗", "no"},
    {"★", "\\(\\star\\)"},
};

static void escaped(dtn_out *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = 0;
        for (size_t k = 0; k < sizeof commands / sizeof *commands && !step; k++) {
            size_t n = strlen(commands[k].text);
            if (n <= length - i && memcmp(text + i, commands[k].text, n) == 0) {
                dtn_out_text(out, commands[k].command);
                step = n;
            }
        }
        if (!step) {
            dtn_out_char(out, text[i]);
            step = 1;
        }
        i += step;
    }
}

static void inline_text(dtn_out *out, const char *text)
{
    dtn_marks m = dtn_marks_of(text);
    for (dtn_piece p; dtn_marks_next(&m, &p);)
        if (p.kind == DTN_PIECE_TEXT)
            escaped(out, p.text, p.length);
        else if (p.kind == DTN_PIECE_LINK || p.kind == DTN_PIECE_QUIET)
            continue;
        else if (p.closes)
            dtn_out_char(out, '}');
        else if (p.kind == DTN_PIECE_PLAYER)
            dtn_out_print(out, "\\textcolor{p%d}{", p.player % DTN_PLAYER_COLOURS);
        else
            dtn_out_text(out, p.kind == DTN_PIECE_STRONG ? "\\textbf{"
                              : p.kind == DTN_PIECE_CODE ? "\\texttt{"
                                                         : "\\emph{");
}

static void show(writer *w, const dtn_value *v)
{
    const char *text = dtn_value_show(w->out, v);
    if (v->player)
        dtn_out_print(w->out, "\\textcolor{p%d}{", (v->player - 1) % DTN_PLAYER_COLOURS);
    dtn_out_text(w->out, v->strong ? "\\textbf{" : "");
    inline_text(w->out, text);
    dtn_out_text(w->out, v->strong ? "}" : "");
    dtn_out_text(w->out, v->player ? "}" : "");
}

/* Columns of words share the width that is left; columns of numbers take what they need. */
static void table(writer *w, const dtn_block *b)
{
    dtn_out *out = w->out;
    int wide = 0;
    for (const dtn_column *c = b->column; c; c = c->next)
        wide += c->align == DTN_LEFT;
    dtn_out_text(out, "\\begin{longtable}{@{}");
    for (const dtn_column *c = b->column; c; c = c->next)
        if (c->align == DTN_LEFT)
            dtn_out_print(out, "p{%.3f\\linewidth}",
                          (0.92 - 0.09 * (b->columns - wide)) / (wide > 0 ? wide : 1));
        else
            dtn_out_char(out, c->align == DTN_RIGHT ? 'r' : 'c');
    dtn_out_text(out, "@{}}\n");
    if (*b->text) {
        dtn_out_text(out, "\\caption*{");
        inline_text(out, b->text);
        dtn_out_text(out, "}\\\\\n");
    }
    dtn_out_text(out, "\\toprule\n");
    for (const dtn_column *c = b->column; c; c = c->next) {
        inline_text(out, c->title);
        dtn_out_text(out, c->next ? " & " : " \\\\\n\\midrule\n\\endhead\n");
    }
    for (const dtn_row *r = b->row; r; r = r->next) {
        for (int i = 0; i < r->cells; i++) {
            dtn_out_text(out, i ? " & " : "");
            show(w, &r->cell[i]);
        }
        dtn_out_text(out, " \\\\\n");
    }
    dtn_out_text(out, "\\bottomrule\n\\end{longtable}\n\n");
}

static void blocks(writer *w, const dtn_block *s);

static void section(writer *w, const dtn_block *b)
{
    static const char *const command[] = {"section", "subsection", "subsubsection", "paragraph",
                                          "subparagraph"};
    if (*b->text) {
        dtn_out_print(w->out, "\\%s*{", command[w->level < 4 ? w->level : 4]);
        inline_text(w->out, b->text);
        dtn_out_text(w->out, "}\n\n");
    }
    w->level++;
    blocks(w, b);
    w->level--;
}

static void list(writer *w, const dtn_block *b)
{
    const char *kind = b->numbered ? "enumerate" : "itemize";
    if (!b->item)
        return;
    dtn_out_print(w->out, "\\begin{%s}\n", kind);
    for (const dtn_item *i = b->item; i; i = i->next) {
        dtn_out_text(w->out, "\\item ");
        inline_text(w->out, i->text);
        dtn_out_char(w->out, '\n');
    }
    dtn_out_print(w->out, "\\end{%s}\n\n", kind);
}

static void blocks(writer *w, const dtn_block *s)
{
    dtn_out *out = w->out;
    for (const dtn_block *b = s->first; b; b = b->next) {
        if (dtn_block_hidden(b, false))
            continue;
        switch (b->kind) {
        case DTN_BLOCK_SECTION:
        case DTN_BLOCK_ARRAY:
        case DTN_BLOCK_FOLD:
            section(w, b);
            break;
        case DTN_BLOCK_SAY:
        case DTN_BLOCK_NOTE:
            dtn_out_text(out, b->kind == DTN_BLOCK_NOTE ? "\\begin{quote}\n" : "");
            inline_text(out, b->text);
            dtn_out_text(out, b->kind == DTN_BLOCK_NOTE ? "\n\\end{quote}\n\n" : "\n\n");
            break;
        case DTN_BLOCK_FIELD:
            dtn_out_text(out, "\\noindent ");
            inline_text(out, b->text);
            dtn_out_text(out, ": ");
            show(w, &b->value);
            dtn_out_text(out, b->next && b->next->kind == DTN_BLOCK_FIELD ? "\\\\\n" : "\n\n");
            break;
        case DTN_BLOCK_LIST:
            list(w, b);
            break;
        case DTN_BLOCK_CODE:
            dtn_out_print(out, "\\begin{Verbatim}[fontsize=\\scriptsize]\n%s%s\\end{Verbatim}\n\n", b->text,
                          *b->text && b->text[strlen(b->text) - 1] == '\n' ? "" : "\n");
            break;
        case DTN_BLOCK_TABLE:
            table(w, b);
            break;
        case DTN_BLOCK_PICTURE:
            dtn_out_text(out, "\\begin{figure}[ht]\\centering\n\\resizebox{\\ifdim\\width>"
                              "\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n");
            dtn_picture_tikz(out, b->picture);
            dtn_out_text(out, "}\n\\caption*{");
            inline_text(out, b->text);
            dtn_out_text(out, "}\n\\end{figure}\n\n");
            break;
        case DTN_BLOCK_DATA:
        case DTN_BLOCK_RECORDS:
            break;
        }
    }
}

dtn_status dtn_render_latex(dtn_out *out, const dtn_doc *doc, const dtn_look *look)
{
    (void)look;
    writer w = {.out = out};
    dtn_out_text(
        out,
        "\\documentclass[11pt,a4paper]{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
        "\\usepackage[margin=25mm]{geometry}\n\\usepackage{booktabs,caption,fancyvrb,longtable,xcolor,tikz}\n"
        "\n"
        "\\setlength{\\emergencystretch}{3em}\n");
    dtn_picture_tikz_colours(out);
    dtn_out_text(out, "\\title{");
    inline_text(out, doc->title);
    if (*doc->question) {
        dtn_out_text(out, "\\\\\\large ");
        inline_text(out, doc->question);
    }
    dtn_out_text(out, "}\n\\date{}\n\\begin{document}\n\\maketitle\n\n");
    blocks(&w, &doc->root);
    dtn_out_text(out, "\\end{document}\n");
    return out->status;
}
