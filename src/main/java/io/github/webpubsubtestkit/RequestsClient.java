package io.github.webpubsubtestkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks {@link Connected}, for the classes behind the extension: the annotation names the
 * extension, so they cannot name the annotation without all being one circle.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface RequestsClient {}
