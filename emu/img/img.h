/* SPDX-License-Identifier: MIT */
/* `emu img`: disk images without a machine. */
#ifndef EMU_IMG_IMG_H
#define EMU_IMG_IMG_H

#include "io/block/image.h"

/* The options of all commands; which command takes which is in img.def. */
typedef struct ImgOptions {
    const char *format, *to_format, *backing, *backing_format, *output, *repair, *snapshot, *sparse;
    const char *preallocation, *apply, *create, *delete;
    bool        unsafe, quiet, chain, share, compress, no_create, progress, shrink, list, help;
    GPtrArray  *keys;                       /* const char *, or NULL */
    const char *operand[3];                 /* what is no option */
    unsigned    n_operands;
} ImgOptions;

/* `emu img ...`: argv[0] is "img".  The exit status. */
int img_command(int argc, char **argv);

/* Each returns the exit status, or -1 with *err set. */
int img_create(const ImgOptions *o, GError **err);
int img_info(const ImgOptions *o, GError **err);
int img_check(const ImgOptions *o, GError **err);
int img_convert(const ImgOptions *o, GError **err);
int img_resize(const ImgOptions *o, GError **err);
int img_snapshot(const ImgOptions *o, GError **err);

/* Fills c from -o, -b and -F. */
bool img_parse_keys(const ImgOptions *o, BlockCreate *c, bool *has_size, GError **err);
void img_keys_help(void);
/* "1.5G": bytes. */
bool img_parse_size(const char *text, uint64_t *bytes, GError **err);
bool img_parse_preallocation(const char *text, Preallocation *p, GError **err);
/* -b needs -F, and the file has to be there; *size: its disk's. */
bool img_check_backing(const char *image, const BlockCreate *c, bool unsafe, uint64_t *size,
                       GError **err);
bool img_wants_json(const ImgOptions *o, bool *json, GError **err);
/* "1.5 GiB"; to be freed. */
char *img_size_text(uint64_t bytes);

#endif
