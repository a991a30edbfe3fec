/* SPDX-License-Identifier: MIT */
/*
 * --expect@screen and --send@screen.  A display in a mode of text knows its characters; on one that has
 * only pixels they are recognised by fonts found on the host
 * (io/ui/fonts.c).
 */
#include "emu/ci/screen.h"

#include "io/ui/display.h"
#include "io/ui/glyphs.h"
#include "io/ui/input.h"
#include "system/error.h"

bool screen_check(GError **err)
{
    Display *d = display_first();
    if (!d) {
        return fail(err, EMU_ERROR_USAGE, "this board has no screen; its serial lines can be read: "
                    "--expect@serial0");
    }
    glyphs_learn_host();
    return display_has_cells(d) || glyphs_known() ||
           fail(err, EMU_ERROR_NOINPUT, "the screen '%s' has pixels and no text, and no font is known to "
                "read it by: packages seabios and grub-common have some", display_name(d));
}

bool screen_check_keys(const GString *bytes, GError **err)
{
    if (!input_has_keyboard()) {
        return fail(err, EMU_ERROR_USAGE, "this board has no keyboard; its serial lines can be typed "
                    "into: --send@serial0");
    }
    for (gsize i = 0; i < bytes->len; i++) {
        if (bytes->str[i] & 0x80) {
            return fail(err, EMU_ERROR_USAGE, "a US keyboard has no key for the byte '\\x%02x'",
                        (uint8_t)bytes->str[i]);
        }
    }
    return true;
}

char *screen_text(void)
{
    Display *d = display_first();
    return d ? display_text(d) : NULL;
}
