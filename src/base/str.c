/* Growing text: doubling buffers in an arena; what is outgrown stays there until the arena is released. */
#include "base/str.h"

#include <stdio.h>
#include <string.h>

dtn_str dtn_str_in(dtn_arena *arena)
{
    return (dtn_str){.arena = arena};
}

/* Room for more characters and the final zero. */
static bool reserve(dtn_str *s, size_t more)
{
    if (s->failed)
        return false;
    if (more < s->capacity && s->length < s->capacity - more)
        return true;
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    while (capacity <= s->length + more)
        capacity *= 2;
    char *data = dtn_arena_alloc(s->arena, capacity);
    if (!data) {
        s->failed = true;
        return false;
    }
    if (s->length)
        memcpy(data, s->data, s->length);
    s->data = data;
    s->capacity = capacity;
    return true;
}

void dtn_str_add_n(dtn_str *s, const char *text, size_t length)
{
    if (!reserve(s, length))
        return;
    if (length)
        memcpy(s->data + s->length, text, length);
    s->length += length;
    s->data[s->length] = '\0';
}

void dtn_str_add(dtn_str *s, const char *text)
{
    dtn_str_add_n(s, text, strlen(text));
}

void dtn_str_add_char(dtn_str *s, char c)
{
    dtn_str_add_n(s, &c, 1);
}

void dtn_str_add_repeated(dtn_str *s, char c, size_t count)
{
    if (!reserve(s, count))
        return;
    memset(s->data + s->length, c, count);
    s->length += count;
    s->data[s->length] = '\0';
}

void dtn_str_addf(dtn_str *s, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0 && reserve(s, (size_t)length)) {
        vsnprintf(s->data + s->length, (size_t)length + 1, format, again);
        s->length += (size_t)length;
    }
    va_end(again);
}

void dtn_str_insert(dtn_str *s, size_t at, const char *text)
{
    size_t length = strlen(text);
    if (!reserve(s, length))
        return;
    memmove(s->data + at + length, s->data + at, s->length - at);
    memcpy(s->data + at, text, length);
    s->length += length;
    s->data[s->length] = '\0';
}

void dtn_str_truncate(dtn_str *s, size_t length)
{
    if (length < s->length) {
        s->length = length;
        s->data[length] = '\0';
    }
}

char *dtn_str_done(dtn_str *s)
{
    return reserve(s, 0) ? s->data : NULL;
}
