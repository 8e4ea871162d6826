/* Pieces that writers share: exact numbers and quoted texts. Cost: linear. */
#include <stdio.h>
#include <string.h>

#include "format/write.h"

dtn_status dtn_write_done(dtn_ctx *ctx, const dtn_str *out)
{
    return out->failed ? dtn_fail_nomem(ctx) : DTN_OK;
}

dtn_status dtn_write_number(dtn_ctx *ctx, dtn_str *out, const fmpq_t x)
{
    const fmpz *num = fmpq_numref(x), *den = fmpq_denref(x);
    if (!COEFF_IS_MPZ(*num) && !COEFF_IS_MPZ(*den)) {
        char text[64];
        int length = fmpz_is_one(den) ? snprintf(text, sizeof text, "%ld", (long)*num)
                                      : snprintf(text, sizeof text, "%ld/%ld", (long)*num, (long)*den);
        dtn_str_add_n(out, text, (size_t)length);
        return DTN_OK;
    }
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    const char *text = dtn_rational_text(ctx->scratch, x);
    if (text)
        dtn_str_add(out, text);
    dtn_arena_release(ctx->scratch, mark);
    return text ? DTN_OK : dtn_fail_nomem(ctx);
}

/* A backslash is doubled only where it would be read as part of an escape: other readers know \" alone. */
void dtn_write_quoted(dtn_str *out, const char *text)
{
    dtn_str_add_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || (*c == '\\' && (c[1] == '"' || c[1] == '\\' || c[1] == '\0')))
            dtn_str_add_char(out, '\\');
        dtn_str_add_char(out, *c);
    }
    dtn_str_add_char(out, '"');
}

void dtn_write_json_text(dtn_str *out, const char *text)
{
    dtn_str_add_char(out, '"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            dtn_str_addf(out, "\\%c", *c);
        else if (*c == '\n')
            dtn_str_add(out, "\\n");
        else if (*c == '\t')
            dtn_str_add(out, "\\t");
        else if (*c < 0x20 || *c == 0x7f)
            dtn_str_addf(out, "\\u%04x", *c);
        else
            dtn_str_add_char(out, (char)*c);
    }
    dtn_str_add_char(out, '"');
}
