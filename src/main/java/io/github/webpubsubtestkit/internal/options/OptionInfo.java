package io.github.webpubsubtestkit.internal.options;

/**
 * The description of an option, besides its name and values.
 *
 * @param group its subject
 * @param section the section of the sheets that describes it, as a citation; empty if it is the
 *     kit's own
 * @param description its effect, in one sentence for the command line and the documents
 */
public record OptionInfo(Group group, String section, String description) {}
