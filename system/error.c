/* SPDX-License-Identifier: MIT */
/*
 * Errors of the user's and the host's, and the search for what was meant.
 */
#include "system/error.h"
#include <errno.h>

G_DEFINE_QUARK(emu-error-quark, emu_error)

bool fail(GError **err, int code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    if (err) {
        *err = g_error_new_valist(EMU_ERROR, code, fmt, ap);
    }
    va_end(ap);
    return false;
}

static int code_of_errno(int e)
{
    switch (e) {
    case ENOENT:
    case EACCES:
    case EPERM:
    case EISDIR:
    case ENOTDIR:
        return EMU_ERROR_NOINPUT;
    default:
        return EMU_ERROR_OSERR;
    }
}

bool fail_errno(GError **err, const char *fmt, ...)
{
    int e = errno;
    va_list ap;
    va_start(ap, fmt);
    if (err) {
        g_autofree char *text = g_strdup_vprintf(fmt, ap);
        g_set_error(err, EMU_ERROR, code_of_errno(e), "%s: %s", text, g_strerror(e));
    }
    va_end(ap);
    return false;
}

/* Damerau's distance with adjacent swaps: the letters inserted, dropped, changed or exchanged. */
static unsigned edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 63 };
    size_t na = strlen(a), nb = strlen(b);
    if (na > LONGEST || nb > LONGEST) {
        return UINT32_MAX;
    }
    unsigned rows[3][LONGEST + 1];
    for (size_t j = 0; j <= nb; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        unsigned *row = rows[i % 3], *up = rows[(i - 1) % 3], *up2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            char x = g_ascii_tolower(a[i - 1]), y = g_ascii_tolower(b[j - 1]);
            unsigned best = MIN(MIN(up[j], row[j - 1]) + 1, up[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == g_ascii_tolower(b[j - 2]) &&
                y == g_ascii_tolower(a[i - 2])) {
                best = MIN(best, up2[j - 2] + 1);
            }
            row[j] = best;
        }
    }
    return rows[na % 3][nb];
}

const char *did_you_mean(const char *word, const char *const *candidates)
{
    const char *best = NULL;
    unsigned least = (strlen(word) + 1) / 3;    /* one letter in three may be wrong */
    for (; *candidates; candidates++) {
        unsigned d = edit_distance(word, *candidates);
        if (d <= least) {
            least = d - (d > 0);                /* only a nearer one replaces it */
            best = *candidates;
            if (d == 0) {
                break;
            }
        }
    }
    return best;
}

/* So few that a message can name them all. */
enum { FEW = 8 };

bool fail_unknown(GError **err, const char *what, const char *word, const char *const *candidates)
{
    const char *near = did_you_mean(word, candidates);
    if (near) {
        return fail(err, EMU_ERROR_USAGE, "unknown %s '%s', did you mean '%s'?", what, word, near);
    }
    if (candidates[0] && g_strv_length((char **)candidates) <= FEW) {
        g_autofree char *all = g_strjoinv(", ", (char **)candidates);
        return fail(err, EMU_ERROR_USAGE, "unknown %s '%s'; there are: %s", what, word, all);
    }
    return fail(err, EMU_ERROR_USAGE, "unknown %s '%s'", what, word);
}
