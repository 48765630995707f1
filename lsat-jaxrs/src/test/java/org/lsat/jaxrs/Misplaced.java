package org.lsat.jaxrs;

import jakarta.annotation.Priority;
import jakarta.servlet.GenericServlet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Annotations in places in which they would do nothing, and some in which they do. */
final class Misplaced {

    private Misplaced() {}

    @Path("both")
    static class BothOnMethod {
        @GET
        @Paid(value = "x", price = "1 sat")
        @Free
        public String get() {
            return "";
        }
    }

    @Paid(value = "x", price = "1 sat")
    @Free
    @Path("both")
    static class BothOnClass {
        @GET
        public String get() {
            return "";
        }
    }

    @Path("locator")
    static class OnLocator {
        @Path("below")
        @Paid(value = "x", price = "1 sat")
        public Object below() {
            return new Object();
        }
    }

    @Path("locator")
    static class FreeOnLocator {
        @GET
        @Paid(value = "x", price = "1 sat")
        public String get() {
            return "";
        }

        @Path("below")
        @Free
        public Object below() {
            return new Object();
        }
    }

    @Paid(value = "x", price = "1 sat")
    static class NoResource {
        public String get() {
            return "";
        }
    }

    static class OnNoResourceMethod {
        @Paid(value = "x", price = "1 sat")
        public String get() {
            return "";
        }
    }

    @Path("helper")
    static class OnHelper {
        @GET
        public String get() {
            return help();
        }

        @Paid(value = "x", price = "1 sat")
        public String help() {
            return "";
        }
    }

    @Paid(value = "x", price = "1 sat")
    @interface Stereotype {}

    @Paid(value = "abstract", price = "1 sat")
    abstract static class ToBeExtended {
        @Paid(value = "abstract-method", price = "2 sat")
        public abstract String get();
    }

    abstract static class OnHelperToInherit {
        @Paid(value = "x", price = "1 sat")
        public static String help() {
            return "";
        }
    }

    @Paid(value = "x", price = "1 sat")
    abstract static class OnServlet extends GenericServlet {
        private static final long serialVersionUID = 1L;
    }

    abstract static class OnMethodOfServlet extends GenericServlet {
        private static final long serialVersionUID = 1L;

        @Paid(value = "x", price = "1 sat")
        abstract void help();
    }

    @Path("inherits")
    interface Contract {
        @GET
        String get();
    }

    static class InheritsRest implements Contract {
        @Override
        @Paid(value = "inherits", price = "3 sat", uses = 5, validFor = "P1D", methods = "GET", description = "five")
        public String get() {
            return "";
        }
    }

    @Paid("inherits")
    static class SubResource {
        @GET
        public String get() {
            return "";
        }
    }

    /** Of another application's author. */
    @Priority(402)
    public static class SamePriority implements DynamicFeature {
        @Override
        public void configure(ResourceInfo resource, FeatureContext context) {}
    }

    /** RESTEasy gives all of these one priority. */
    public static class NoPriority implements DynamicFeature {
        @Override
        public void configure(ResourceInfo resource, FeatureContext context) {}
    }
}
