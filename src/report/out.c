/* Growing text: doubles its room, so that writing n bytes costs O(n). */
#include "report/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

dtn_out dtn_out_new(dtn_ctx *ctx, dtn_arena *arena)
{
    return (dtn_out){.ctx = ctx, .arena = arena};
}

/* Room for length more bytes and a terminator. */
static bool grow(dtn_out *out, size_t length)
{
    if (out->status != DTN_OK)
        return false;
    if (out->length + length < out->room)
        return true;
    size_t room = out->room ? out->room : 1024;
    while (room <= out->length + length)
        room *= 2;
    char *data = dtn_arena_alloc(out->arena, room);
    if (!data) {
        out->status = dtn_fail_nomem(out->ctx);
        return false;
    }
    if (out->length)
        memcpy(data, out->data, out->length);
    out->data = data;
    out->room = room;
    return true;
}

void dtn_out_bytes(dtn_out *out, const char *bytes, size_t length)
{
    if (!grow(out, length))
        return;
    memcpy(out->data + out->length, bytes, length);
    out->length += length;
    out->data[out->length] = '\0';
}

void dtn_out_text(dtn_out *out, const char *text)
{
    dtn_out_bytes(out, text, strlen(text));
}

void dtn_out_char(dtn_out *out, char c)
{
    dtn_out_bytes(out, &c, 1);
}

void dtn_out_repeat(dtn_out *out, const char *text, int times)
{
    for (int i = 0; i < times; i++)
        dtn_out_text(out, text);
}

void dtn_out_print(dtn_out *out, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length > 0 && grow(out, (size_t)length)) {
        vsnprintf(out->data + out->length, (size_t)length + 1, format, args);
        out->length += (size_t)length;
    }
    va_end(args);
}

const char *dtn_out_checked(dtn_out *out, const char *text)
{
    if (!text && out->status == DTN_OK)
        out->status = dtn_fail_nomem(out->ctx);
    return text ? text : "";
}

const char *dtn_out_temporary(dtn_out *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dtn_out_checked(out, dtn_arena_vprintf(out->arena, format, args));
    va_end(args);
    return text;
}
