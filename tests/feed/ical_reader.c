/* Print each event that libical finds: UID, SUMMARY, DTSTART and DTEND as hexadecimal text, a line each. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void hexadecimal(const char *text, char end)
{
    for (; text && *text; text++)
        printf("%02x", (unsigned char)*text);
    putchar(end);
}

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    FILE *file = fopen(arguments[1], "rb");
    if (!file)
        return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc((size_t)size + 1, 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        return 2;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_count_errors(calendar) != 0 || !icalrestriction_check(calendar)) {
        fprintf(stderr, "libical finds errors:\n%s", calendar ? icalcomponent_as_ical_string(calendar) : "");
        return 1;
    }
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        struct icaltimetype start = icalcomponent_get_dtstart(event), end = icalcomponent_get_dtend(event);
        if (!start.is_date || !end.is_date)
            return 1;
        hexadecimal(icalcomponent_get_uid(event), ' ');
        hexadecimal(icalcomponent_get_summary(event), ' ');
        hexadecimal(icalcomponent_get_description(event), ' ');
        printf("%04d-%02d-%02d ", start.year, start.month, start.day);
        printf("%04d-%02d-%02d\n", end.year, end.month, end.day);
    }
    icalcomponent_free(calendar);
    free(text);
    return 0;
}
