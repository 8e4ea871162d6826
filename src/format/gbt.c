/* Reader of .gbt: the workbook of Gambit's graphical interface, an XML document with one game in it.
 *
 * Method: what stands between <efgfile> and </efgfile>, or <nfgfile> and </nfgfile>, is the text of a game file and goes to its reader;
 *   everything else (colours, fonts, profiles found before) is blanked out, so that faults keep their lines and columns. The
 *   interface writes the game without escapes; the five entities of XML and CDATA are resolved all the same.
 * Cost: linear. Grammar: docs/formats/gbt.md. */
#include <string.h>

#include "format/format.h"

/* The first place of word in [from, end), or NULL. */
static const char *find(const char *from, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - from) >= n; from++) {
        from = memchr(from, *word, (size_t)(end - from) - n + 1);
        if (!from)
            return NULL;
        if (memcmp(from, word, n) == 0)
            return from;
    }
    return NULL;
}

bool dtn_gbt_sniff(const char *bytes, size_t length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && memchr(" \t\r\n", bytes[at], 4))
        at++;
    return at < length && bytes[at] == '<' && find(bytes + at, bytes + length, "<gambit:document");
}

/* The text of the game: [*from, *to). */
typedef struct payload {
    const char *from, *to;
    dtn_read_fn *read;
    bool escaped; /* entities stand for characters: not so in CDATA */
} payload;

static bool between(payload *out, const char *bytes, const char *end, const char *open, const char *close)
{
    const char *tag = find(bytes, end, open);
    if (!tag)
        return false;
    out->from = tag + strlen(open);
    out->to = find(out->from, end, close);
    if (!out->to)
        out->to = end;
    const char *data = find(out->from, out->to, "<![CDATA[");
    out->escaped = !data;
    if (data) {
        const char *stop = find(data, out->to, "]]>");
        out->from = data + strlen("<![CDATA[");
        out->to = stop ? stop : out->to;
    }
    return true;
}

/* The character that an entity at `at` stands for, and its length; 0: none. */
static size_t entity(char *out, const char *at, const char *end)
{
    static const struct {
        const char *text;
        char stands;
    } known[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].text);
        if ((size_t)(end - at) >= n && memcmp(at, known[i].text, n) == 0) {
            *out = known[i].stands;
            return n;
        }
    }
    return 0;
}

/* A copy of the document in which only the game is left; returns its length. */
static size_t blank(char *out, const char *bytes, const payload *game)
{
    char *to = out;
    for (const char *c = bytes; c < game->from; c++)
        if (*c == '\n')
            *to++ = '\n';
        else if (((unsigned char)*c & 0xc0) != 0x80)
            *to++ = ' ';
    for (const char *c = game->from; c < game->to;) {
        size_t n = game->escaped && *c == '&' ? entity(to, c, game->to) : 0;
        if (n == 0)
            *to = *c;
        to++;
        c += n ? n : 1;
    }
    *to = '\0';
    return (size_t)(to - out);
}

dtn_status dtn_gbt_format(dtn_ctx *ctx, dtn_model *model, dtn_diags *diags, const char *bytes, size_t length)
{
    payload game = {0};
    const char *end = bytes + length;
    model->kind = DTN_MODEL_TREE;
    if (between(&game, bytes, end, "<efgfile>", "</efgfile>")) {
        game.read = dtn_efg_format;
    } else if (between(&game, bytes, end, "<nfgfile>", "</nfgfile>")) {
        game.read = dtn_nfg_format;
    } else {
        dtn_diag_error(
            diags, DTN_DIAG_GAME, (dtn_place){1, 1, 1},
            "expected a game between <efgfile> and </efgfile> or <nfgfile> and </nfgfile>, found none");
        return DTN_OK;
    }
    dtn_arena *arena = dtn_arena_new(ctx);
    char *text = arena ? dtn_arena_alloc(arena, length + 1) : NULL;
    dtn_status status =
        text ? game.read(ctx, model, diags, text, blank(text, bytes, &game)) : dtn_fail_nomem(ctx);
    dtn_arena_free(arena);
    return status;
}
