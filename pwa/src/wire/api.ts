// Written by `roundsman wire` from the server's code; never edited.
export interface paths {
    "/api/agents/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetAgents
         * @description Agents of the territories one sees, the latest to ask first.
         */
        get: operations["ApiAgentsGetAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/agents/{agent_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetHistory
         * @description Under whom an agent stood and what levels he held; staff's who see him, and his own.
         */
        get: operations["ApiAgentsAgentIdHistoryGetHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/downline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetDownline
         * @description Who stands below oneself, by name.
         */
        get: operations["ApiAgentsDownlineGetDownline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetInvitations
         * @description One's own invitations, and for who decides those of his territories; the latest first.
         */
        get: operations["ApiAgentsInvitationsGetInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/invitations/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetInvitation
         * @description What an invitation is for.
         */
        get: operations["ApiAgentsInvitationsTokenGetInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostRegistration
         * @description Ask to become an agent, with an invitation.
         */
        post: operations["ApiAgentsRegistrationsPostRegistration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalog/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetPrices
         * @description What a price list says, variant by variant.
         */
        get: operations["ApiCatalogPricesGetPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalog/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetProducts
         * @description Products by name, with their variants.
         */
        get: operations["ApiCatalogProductsGetProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalog/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetProduct
         * @description One product with its variants.
         */
        get: operations["ApiCatalogProductsProductIdGetProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make somebody an agent: a customer of his level who may sign in, with the phone and password he gave. */
        post: operations["agents.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.ask_upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for another level; one question is open at a time. */
        post: operations["agents.ask_upgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.decide_upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grant or refuse a level asked for. */
        post: operations["agents.decide_upgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End being an agent: he can't sign in any more. The customer, his orders and his downline stay. */
        post: operations["agents.end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an invitation. An agent invites under himself; staff where they may see. */
        post: operations["agents.invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.move_upline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an agent under another upline; who was above him when stays known. Nobody comes to stand under himself. */
        post: operations["agents.move_upline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a registration; what he chose as a password is forgotten. */
        post: operations["agents.refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.revoke_invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back an invitation of one's own, or one of the territories one decides for. */
        post: operations["agents.revoke_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.set_level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an agent another level; his prices are that level's from his next contact on. */
        post: operations["agents.set_level"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/agents.set_profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep one's shipping profile. */
        post: operations["agents.set_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.add_product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a product with its variants, their packs and barcodes. */
        post: operations["catalog.add_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.edit_product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change some fields; fields the person did not touch keep what others wrote meanwhile. */
        post: operations["catalog.edit_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.import_rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take goods from a sheet: known by their code, else by barcode, else by name and values, they are brought up to
         * @description Take goods from a sheet: known by their code, else by barcode, else by name and values, they are brought up to
         *     it; the others are added. The same rows again change nothing.
         */
        post: operations["catalog.import_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.put_on_sale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a product or one variant on sale, or take it off; orders it is in stay as they are. */
        post: operations["catalog.put_on_sale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.set_category": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or change a category, or move it with all that is below it. */
        post: operations["catalog.set_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.set_pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a product these pictures in this order; what it had besides is no longer its. */
        post: operations["catalog.set_pictures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.set_price_list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or change a price list. Whose it is stays as it was made. */
        post: operations["catalog.set_price_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.set_prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set prices of a list; its version counts up when anything changed. */
        post: operations["catalog.set_prices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.set_variants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add and change variants of a product with their packs and barcodes. */
        post: operations["catalog.set_variants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/catalog.use_starter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a built-in set of categories on or off. What somebody renamed in it since keeps its name, and products
         * @description Switch a built-in set of categories on or off. What somebody renamed in it since keeps its name, and products
         *     stay where they are.
         */
        post: operations["catalog.use_starter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a customer in a territory the person can see; a rep becomes its owner. */
        post: operations["customers.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a customer away; its visits stay. With `is_active` it comes back. */
        post: operations["customers.archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.ask_pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the first pin at once; ask for a correction of an existing one. */
        post: operations["customers.ask_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a customer with all that hangs on it; both the old and the new place must be the person's to see. */
        post: operations["customers.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.decide_pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve or refuse a correction. Old visits keep the pin of their own day. */
        post: operations["customers.decide_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change some fields; fields the person did not touch keep what others wrote meanwhile. */
        post: operations["customers.edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.import_rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take customers from a sheet: known by their code, else by name with phone or address, they are brought up to it;
         * @description Take customers from a sheet: known by their code, else by name with phone or address, they are brought up to it;
         *     the others are added. The same rows again change nothing.
         */
        post: operations["customers.import_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.remove_contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove a contact; one already gone is no error. */
        post: operations["customers.remove_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.set_class": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or change a customer class. */
        post: operations["customers.set_class"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.set_contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or replace one contact. */
        post: operations["customers.set_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.set_level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a customer a price level, or take it away. */
        post: operations["customers.set_level"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/customers.set_price_level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or change a price level. */
        post: operations["customers.set_price_level"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/figures.set_policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide it. Nothing is counted anew: every fact has its day in each basis. */
        post: operations["figures.set_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/files.give_up_photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Wait no longer for a photo; its record stays as it is. Does nothing to one that has come or was refused. */
        post: operations["files.give_up_photo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.add_person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a person. Refuses a phone or login somebody else has. */
        post: operations["identity.add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.add_territory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a territory to the tree. */
        post: operations["identity.add_territory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a person into a territory's team; nothing happens when he already is. */
        post: operations["identity.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.change_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password; every other session ends. Refuses when the present one is wrong. */
        post: operations["identity.change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.deactivate_person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person go: signed out, and his phones only hand in what lies on them, into quarantine. */
        post: operations["identity.deactivate_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.edit_person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a person's name, phone, login or roles. Refuses to leave nobody an administrator. */
        post: operations["identity.edit_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.edit_territory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a territory. */
        post: operations["identity.edit_territory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.move_territory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a territory and all below it. Refuses to put it under itself. */
        post: operations["identity.move_territory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.reactivate_person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a person back as he was. His phones go on; elsewhere he signs in anew. */
        post: operations["identity.reactivate_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.revoke_replica": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shut a phone out: its sessions can do nothing any more but hand in the outbox. Refuses to call back a wipe. */
        post: operations["identity.revoke_replica"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.set_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a person a new password; everywhere he is signed in, he is no longer. */
        post: operations["identity.set_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.unassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a membership now; one that has ended stays as it is. */
        post: operations["identity.unassign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/identity.wipe_replica": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a phone erase itself. Its sessions can do nothing any more but hand in the outbox. */
        post: operations["identity.wipe_replica"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/inventory.adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put right what is on hand; never below what is reserved. */
        post: operations["inventory.adjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/inventory.import_rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring the books up to what a list says there is: goods are known as the import of goods knows them, warehouses by
         * @description Bring the books up to what a list says there is: goods are known as the import of goods knows them, warehouses by
         *     their names, and those that are not there are added. The same rows again change nothing.
         */
        post: operations["inventory.import_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/inventory.receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take goods into stock, and remember what they cost last. */
        post: operations["inventory.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/inventory.set_warehouse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or change a warehouse. The first is the default one; it stays so until another is made it. One that still
         * @description Add or change a warehouse. The first is the default one; it stays so until another is made it. One that still
         *     has goods, or is the default, cannot be put away.
         */
        post: operations["inventory.set_warehouse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/messages.mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a kind of message come in as read and without a sound from now on, or be heard again. */
        post: operations["messages.mute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/messages.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark one's own messages as read. What is not one's own, or is no longer kept, is passed over: a phone may have
         * @description Mark one's own messages as read. What is not one's own, or is no longer kept, is passed over: a phone may have
         *     been away for long.
         */
        post: operations["messages.read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/messages.set_quiet_hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say when no phone shall ring; what comes meanwhile lies in the inbox and is heard of afterwards. */
        post: operations["messages.set_quiet_hours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/messages.subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have messages pushed to the phone this comes from; one it had before is replaced, and whoever had the browser
         * @description Have messages pushed to the phone this comes from; one it had before is replaced, and whoever had the browser
         *     before him gets nothing there any more.
         */
        post: operations["messages.subscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/messages.unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have nothing pushed to this phone any more. */
        post: operations["messages.unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.allocate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that everything an order needs is kept for it, after reserving what it lacked until now. Refused with
         * @description Say that everything an order needs is kept for it, after reserving what it lacked until now. Refused with
         *     "orders.short" and the lines as long as something is missing.
         */
        post: operations["orders.allocate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change quantities, note or recipient of an order. A line of another quantity is priced again by the rules of the
         * @description Change quantities, note or recipient of an order. A line of another quantity is priced again by the rules of the
         *     order's day, the others keep what was agreed; what is reserved and owed follows.
         */
        post: operations["orders.amend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.ask_return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for goods to come back; no more of a line than left and is not coming back already. */
        post: operations["orders.ask_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an order off before it leaves: what is kept for it is free again, and nothing of it is owed. Once it was
         * @description Call an order off before it leaves: what is kept for it is free again, and nothing of it is owed. Once it was
         *     accepted, only who accepts orders may.
         */
        post: operations["orders.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an order nothing is to be done about any more. */
        post: operations["orders.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.discard_draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Throw a draft away; one already gone is no error. */
        post: operations["orders.discard_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.import_rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take past orders from a sheet, known by the number they had there. The same orders again change nothing; one
         * @description Take past orders from a sheet, known by the number they had there. The same orders again change nothing; one
         *     somebody has moved here since is left as it is.
         */
        post: operations["orders.import_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that an order's goods are packed. */
        post: operations["orders.pack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place an order for a customer the person sees, an agent for himself. It is priced by the rules of the day it was
         * @description Place an order for a customer the person sees, an agent for himself. It is priced by the rules of the day it was
         *     placed on; what differs from what was seen is applied or held as the policy says.
         */
        post: operations["orders.place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.receive_return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take goods back into stock and credit the customer with what they had cost him. */
        post: operations["orders.receive_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.refuse_return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that goods are not taken back. */
        post: operations["orders.refuse_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an order: it is owed from now on, and its goods are reserved as far as there are any; what there is not
         * @description Accept an order: it is owed from now on, and its goods are reserved as far as there are any; what there is not
         *     enough of waits to be bought.
         */
        post: operations["orders.review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.save_draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep an order that is not finished. What may be ordered of a line is asked only when it is placed. */
        post: operations["orders.save_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.set_policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide what becomes of orders whose prices have changed; those that are placed already stay as they are. */
        post: operations["orders.set_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an order: what was kept for it leaves the warehouse. */
        post: operations["orders.ship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that an order was received and signed for. */
        post: operations["orders.sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/orders.submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Place a draft as it stands, by today's prices; what the draft said is what was seen. */
        post: operations["orders.submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/receivables.collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record money received: it lowers the debt and pays what is owed; what is more than that pays the next charge. */
        post: operations["receivables.collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/receivables.open_balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter an old debt, one paper at a time; money that is free pays it at once. */
        post: operations["receivables.open_balance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/receivables.set_terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree on terms; what was charged before stays due when it was. */
        post: operations["receivables.set_terms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/receivables.void_collection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a collection back: what it paid is owed again. It stays to be seen with its reason. */
        post: operations["receivables.void_collection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/sync.reject_quarantined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide a quarantined command against its author, and what hangs on it and waits in quarantine with it. */
        post: operations["sync.reject_quarantined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/sync.replay_quarantined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a quarantined command again, as the person who sent it, after whatever broke it was mended. */
        post: operations["sync.replay_quarantined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/targets.import_rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take targets from a sheet, each in place of the one there is for the same whose, what and when. The same rows
         * @description Take targets from a sheet, each in place of the one there is for the same whose, what and when. The same rows
         *     again change nothing.
         */
        post: operations["targets.import_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/targets.remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a target away; its parts stay as targets of their own. */
        post: operations["targets.remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/targets.set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a target, in place of the one there is for the same whose, what and when. A manager sets those of the people
         * @description Set a target, in place of the one there is for the same whose, what and when. A manager sets those of the people
         *     and places below him.
         */
        post: operations["targets.set"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/targets.split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split a target by weights. A part stands in place of the target there is for the same whose, what and when; parts
         * @description Split a target by weights. A part stands in place of the target there is for the same whose, what and when; parts
         *     of an earlier splitting that are not named again are no more. What does not divide is told, and nobody's.
         */
        post: operations["targets.split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.arrange_stops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the stops of a route in another order. Stops that are gone meanwhile are passed over. */
        post: operations["visits.arrange_stops"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.ask_follow_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for something that becomes a must-do step of the next visit to a customer one answers for. */
        post: operations["visits.ask_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.check_in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a visit. One visit is open at a time; one forgotten on an earlier day is closed by rule and marked. */
        post: operations["visits.check_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.check_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one's open visit. A late check-out of one that was closed by rule puts it right. */
        post: operations["visits.check_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.end_route": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop walking a route; the visits made on it stay. */
        post: operations["visits.end_route"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.plan_route": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make or replace a route: a rep his own, a manager anybody's in his territories. */
        post: operations["visits.plan_route"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.record_step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a step of one's own visit, ended or not. The photos' bytes come later, each on its own. */
        post: operations["visits.record_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.set_holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a year's days off, on which routes that skip holidays are not walked. */
        post: operations["visits.set_holidays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.set_steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a visit to customers of one class must and may contain. */
        post: operations["visits.set_steps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Skip a planned visit of a day with a reason; the same customer can still be visited that day. */
        post: operations["visits.skip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.skip_step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Skip a must-do step with a reason; one that was recorded by the time an old skip arrives stays recorded. */
        post: operations["visits.skip_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/commands/visits.withdraw_follow_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask no longer. One that was answered by the time this arrives stays answered: the answer is a fact. */
        post: operations["visits.withdraw_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetCustomers
         * @description Customers by name, of the territories the person sees and his own wherever they are filed.
         */
        get: operations["ApiCustomersGetCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetFigureDocuments
         * @description The documents behind a figure, the newest first: what they add comes to it.
         */
        get: operations["ApiFiguresDocumentsGetFigureDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetFigurePolicy
         * @description What is in force.
         */
        get: operations["ApiFiguresPolicyGetFigurePolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/blobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostBlob
         * @description Offer a content; the answer says which parts the server holds already.
         */
        post: operations["ApiFilesBlobsPostBlob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/blobs/{sha256}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostBlobComplete
         * @description Every part was sent. 422 `files.parts_bad` lists in `details.bad` those to send again.
         */
        post: operations["ApiFilesBlobsSha256CompletePostBlobComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/blobs/{sha256}/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * PutBlobPart
         * @description One part, with its SHA-256 in `Content-Digest: sha-256=:…:` or, in hex, in `X-Content-SHA256`.
         */
        put: operations["ApiFilesBlobsSha256NPutBlobPart"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/photos/{photo_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetPhoto
         * @description A photo as a JPEG: `thumb` at most 320, `full` at most 1600 pixels wide or high, upright.
         */
        get: operations["ApiFilesPhotosPhotoIdGetPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/first_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetFirstRun
         * @description Whether the first administrator is still to be made.
         */
        get: operations["ApiIdentityFirstRunGetFirstRun"];
        put?: never;
        /**
         * PostFirstRun
         * @description Make the first administrator; only while there is nobody.
         */
        post: operations["ApiIdentityFirstRunPostFirstRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetMe
         * @description Who is signed in, and the server's clock.
         */
        get: operations["ApiIdentityMeGetMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetPeople
         * @description People by name, for the office. `search` finds parts of names, logins and phone numbers.
         */
        get: operations["ApiIdentityPeopleGetPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetSessions
         * @description Everywhere one is signed in, last used first.
         */
        get: operations["ApiIdentitySessionsGetSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * DeleteSession
         * @description Sign out one of one's own sessions elsewhere.
         */
        delete: operations["ApiIdentitySessionsSessionIdDeleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sign_in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostSignIn
         * @description Sign in by phone number, login name or name, and a password.
         */
        post: operations["ApiIdentitySignInPostSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/sign_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostSignOut
         * @description End this session; without one nothing happens.
         */
        post: operations["ApiIdentitySignOutPostSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inventory/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetMovements
         * @description What came and went, newest first. It names documents and reasons of the whole company: for whoever keeps it.
         */
        get: operations["ApiInventoryMovementsGetMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inventory/stocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetStocks
         * @description What there is, by product and variant.
         */
        get: operations["ApiInventoryStocksGetStocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/push_key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetPushKey
         * @description The key a browser subscribes with; the same for everybody.
         */
        get: operations["ApiMessagesPushKeyGetPushKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetCounts
         * @description How many orders wait, by the state they are in; `held` of those submitted are held by something, and `returns`
         *     wait for an answer. What there is none of is left out.
         */
        get: operations["ApiOrdersCountsGetCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/downline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetDownlineTotals
         * @description What each agent below the one who asks ordered, this month's without days; the totals alone.
         */
        get: operations["ApiOrdersDownlineGetDownlineTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetExport
         * @description The orders of a filter as an xlsx file, newest first; costs and profits only for who may see them.
         */
        get: operations["ApiOrdersExportGetExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetOrders
         * @description Orders, newest first: one's own and of customers one looks after, an agent's his, a manager's everyone's below
         *     him, a clerk's all.
         */
        get: operations["ApiOrdersGetOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetOneOrder
         * @description An order with its lines, its history and its returns.
         */
        get: operations["ApiOrdersOrderIdGetOneOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/profit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetProfits
         * @description What the orders of a filter earn, by customer or by who looks after him, what earns most first.
         */
        get: operations["ApiOrdersProfitGetProfits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetReturns
         * @description Returns of the orders a filter means, the latest asked first.
         */
        get: operations["ApiOrdersReturnsGetReturns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * PostSheet
         * @description One order for each recipient of a sheet (xlsx, xls or CSV, the body), as a preview: nothing is placed by this.
         */
        post: operations["ApiOrdersSheetsPostSheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/sheets/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetSheetTemplate
         * @description An empty sheet with the headings that are understood, to be filled in and sent to `/api/orders/sheets`.
         */
        get: operations["ApiOrdersSheetsTemplateGetSheetTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetTotals
         * @description What the orders of a filter come to and earn; drafts and cancelled ones count only where they are asked for.
         */
        get: operations["ApiOrdersTotalsGetTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rankings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetRanking
         * @description Who stands where, the highest first; equal values share a rank. A rep sees himself and of the others what the
         *     policy lets him, a manager everything below him.
         */
        get: operations["ApiRankingsGetRanking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/accounts/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetAccount
         * @description How one customer's account stands today.
         */
        get: operations["ApiReceivablesAccountsCustomerIdGetAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/debt_totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetDebtTotals
         * @description What they owe together, and how old it is.
         */
        get: operations["ApiReceivablesDebtTotalsGetDebtTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/debts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetDebts
         * @description Who owes or has paid ahead, the largest debt first, of the customers the person sees.
         */
        get: operations["ApiReceivablesDebtsGetDebts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/debts_by_owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetDebtsByOwner
         * @description The same summed by who looks after the customers, the largest debt first.
         */
        get: operations["ApiReceivablesDebtsByOwnerGetDebtsByOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/items/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetItems
         * @description What one customer owes, first due first.
         */
        get: operations["ApiReceivablesItemsCustomerIdGetItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/receivables/statement/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetStatement
         * @description What made one customer's debt, newest first, with what was owed after each.
         */
        get: operations["ApiReceivablesStatementCustomerIdGetStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListCommands
         * @description Who did what and when, newest first: the audit trail. For administrators.
         */
        get: operations["ApiSyncCommandsListCommands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * StreamEvents
         * @description Says when there is something new for whoever listens; carries no data of anybody.
         */
        get: operations["ApiSyncEventsStreamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SayHello
         * @description Register this browser profile as a replica, or recognise it.
         */
        post: operations["ApiSyncHelloSayHello"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/pull": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * GivePull
         * @description Rows down: what changed since the cursors. The body is a `Pull`.
         */
        post: operations["ApiSyncPullGivePull"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * TakePush
         * @description Commands up: each decided once. The body is a `Push`; it is read here because the arguments stay
         *     bytes.
         */
        post: operations["ApiSyncPushTakePush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/replicas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListReplicas
         * @description Every phone and browser that syncs, those heard of last first. For administrators.
         */
        get: operations["ApiSyncReplicasListReplicas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * TakeReport
         * @description Keep a phone's own diagnostics; `went_back` (see `WentBack`) is looked into.
         */
        post: operations["ApiSyncReportTakeReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sync/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ListReports
         * @description What phones reported, newest first; `kind=suspected_loss` are stores that were cleared with work in them. For
         *     administrators.
         */
        get: operations["ApiSyncReportsListReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetCompletion
         * @description Who is how far with the targets of a range, the furthest first; equal ones share a rank. A rep sees himself, and
         *     of the others in his places how far they are as the policy lets him.
         */
        get: operations["ApiTargetsCompletionGetCompletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetTargets
         * @description Targets that touch a range, of whom the person sees, the latest begun first.
         */
        get: operations["ApiTargetsGetTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * GetVisits
         * @description Visits, newest first: one's own, and for managers those in the territories they answer for.
         */
        get: operations["ApiVisitsGetVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AccountRow */
        AccountRow: {
            customer_id: string;
            code: string;
            name: string;
            phone: string;
            owner_name: string | null;
            debt: number;
            committed: number;
            credit_limit: number | null;
            credit_days: number;
            policy: string;
            overdue: number;
        };
        /** AddCustomer */
        AddCustomer: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            name: string;
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @default  */
            short_name: string;
            /** @default  */
            code: string;
            /** @description UUID, lower-case, 36 characters */
            class_id?: string | null;
            tags?: string[];
            /** @default  */
            phone: string;
            /** @description UUID, lower-case, 36 characters */
            contact_id?: string | null;
            /** @default  */
            contact_name: string;
            /** @default  */
            address: string;
            /** @default  */
            province: string;
            /** @default  */
            city: string;
            /** @default  */
            county: string;
            /** @default  */
            street: string;
            /** @description degrees north × 10⁷, WGS-84 */
            latitude_e7?: number | null;
            /** @description degrees east × 10⁷, WGS-84 */
            longitude_e7?: number | null;
            /** @description metres */
            accuracy_m?: number | null;
            /** @default  */
            remark: string;
        };
        /** AddPerson */
        AddPerson: {
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            name: string;
            /** @default  */
            phone: string;
            /** @default  */
            login: string;
            password?: string | null;
            roles: ("rep" | "agent" | "courier" | "clerk" | "manager" | "administrator")[];
        };
        /** AddProduct */
        AddProduct: {
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            name: string;
            /** @default  */
            code: string;
            /** @default  */
            brand: string;
            /** @description UUID, lower-case, 36 characters */
            category_id?: string | null;
            axes?: string[];
            /** @default  */
            description: string;
            /** @default 0 */
            position: number;
            /** @default true */
            is_on_sale: boolean;
            variants: components["schemas"]["ProductVariant"][];
        };
        /** AddTerritory */
        AddTerritory: {
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @description UUID, lower-case, 36 characters */
            parent_id?: string | null;
            name: string;
        };
        /** Added */
        Added: {
            doubles: string[];
        };
        /** Adjust */
        Adjust: {
            /** @description UUID, lower-case, 36 characters */
            adjustment_id: string;
            /** @description UUID, lower-case, 36 characters */
            warehouse_id: string;
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            change_e3: number;
            reason: string;
        };
        /** AgentHistory */
        AgentHistory: {
            uplines: components["schemas"]["UplineSpan"][];
            levels: components["schemas"]["LevelSpan"][];
        };
        /** AgentListRow */
        AgentListRow: {
            id: string;
            name: string;
            mobile: string;
            province: string;
            city: string;
            county: string;
            state: string;
            price_level_id: string;
            upline_id: string | null;
            upline_name: string | null;
            note: string;
            asked_at: number;
            decided_at: number | null;
            decision_reason: string;
            territory_id: string;
            owner_id: string | null;
            person_id: string | null;
        };
        /** AllocateOrder */
        AllocateOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** AmendOrder */
        AmendOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
            lines?: components["schemas"]["AmendedLine"][];
            note?: string | null;
            recipient?: components["schemas"]["Recipient"] | null;
        };
        /** Amended */
        Amended: {
            state: string;
            goods_amount: number;
            total_amount: number;
            short: components["schemas"]["ShortLine"][];
        };
        /** AmendedLine */
        AmendedLine: {
            /** @description UUID, lower-case, 36 characters */
            line_id: string;
            /** @description thousandths of the unit */
            quantity_e3: number;
        };
        /** ApproveAgent */
        ApproveAgent: {
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            /** @description UUID, lower-case, 36 characters */
            price_level_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            class_id?: string | null;
        };
        /** ArchiveCustomer */
        ArchiveCustomer: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @default false */
            is_active: boolean;
        };
        /** ArrangeStops */
        ArrangeStops: {
            /** @description UUID, lower-case, 36 characters */
            route_id: string;
            stop_ids: string[];
        };
        /** AskFollowUp */
        AskFollowUp: {
            /** @description UUID, lower-case, 36 characters */
            follow_up_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            text: string;
            /**
             * @default note
             * @enum {string}
             */
            kind: "note" | "photo";
        };
        /** AskPin */
        AskPin: {
            /** @description UUID, lower-case, 36 characters */
            pin_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description degrees north × 10⁷, WGS-84 */
            latitude_e7: number;
            /** @description degrees east × 10⁷, WGS-84 */
            longitude_e7: number;
            /** @description metres */
            accuracy_m: number;
            /** @default  */
            reason: string;
        };
        /** AskReturn */
        AskReturn: {
            /** @description UUID, lower-case, 36 characters */
            return_id: string;
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            lines: components["schemas"]["ReturnedLine"][];
            reason: string;
        };
        /** AskUpgrade */
        AskUpgrade: {
            /** @description UUID, lower-case, 36 characters */
            request_id: string;
            /** @description UUID, lower-case, 36 characters */
            price_level_id: string;
            /** @default  */
            reason: string;
        };
        /** Assign */
        Assign: {
            /** @description UUID, lower-case, 36 characters */
            membership_id: string;
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @enum {string} */
            kind: "member" | "manager";
        };
        /** AssignCustomer */
        AssignCustomer: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @description UUID, lower-case, 36 characters */
            owner_id?: string | null;
        };
        /** BlobState */
        BlobState: {
            /** @enum {string} */
            state: "complete" | "partial";
            have: number[];
        };
        /** CancelOrder */
        CancelOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** ChangePassword */
        ChangePassword: {
            current: string;
            new: string;
        };
        /** CheckIn */
        CheckIn: {
            /** @description UUID, lower-case, 36 characters */
            visit_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            clocks: components["schemas"]["Clocks"];
            fix?: components["schemas"]["Fix"] | null;
            /** @default  */
            reason: string;
            /** @description UUID, lower-case, 36 characters */
            route_id?: string | null;
            /** @default false */
            is_planned: boolean;
            /** @description UUID, lower-case, 36 characters */
            pin_id?: string | null;
        };
        /** CheckOut */
        CheckOut: {
            /** @description UUID, lower-case, 36 characters */
            visit_id: string;
            clocks: components["schemas"]["Clocks"];
            fix?: components["schemas"]["Fix"] | null;
            /** @default  */
            note: string;
        };
        /** CheckedIn */
        CheckedIn: {
            checked_in_at: number;
            fence: string;
            distance_m: number | null;
            flags: string[];
        };
        /** CheckedOut */
        CheckedOut: {
            checked_out_at: number;
            missing_step_ids: string[];
        };
        /** Clocks */
        Clocks: {
            /** @description epoch milliseconds, UTC */
            wall_at: number;
            elapsed_ms?: number | null;
            /** @description epoch milliseconds, UTC */
            contact_wall_at?: number | null;
            /** @description epoch milliseconds, UTC */
            contact_server_at?: number | null;
        };
        /** CloseOrder */
        CloseOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** Collect */
        Collect: {
            /** @description UUID, lower-case, 36 characters */
            collection_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description minor units of the currency (fen) */
            amount: number;
            /** @default cash */
            method: string;
            /** @default  */
            note: string;
            clocks?: components["schemas"]["Clocks"] | null;
            /** @description UUID, lower-case, 36 characters */
            visit_id?: string | null;
            items?: components["schemas"]["Share"][];
        };
        /** Collected */
        Collected: {
            collected_at: number;
            debt: number;
            unallocated: number;
        };
        /** CommandSeen */
        CommandSeen: {
            seq: number;
            uuid: string;
            person_id: string;
            replica_id: string | null;
            name: string;
            version: number;
            args: unknown;
            captured_at: number | null;
            received_at: number;
            status: string;
            code: string | null;
            outcome: unknown;
            device: {
                [key: string]: unknown;
            } | null;
            error: string | null;
        };
        /** Completion */
        Completion: {
            basis: string;
            count: number;
            reached: number;
            own: components["schemas"]["CompletionRow"] | null;
            rows: components["schemas"]["CompletionRow"][];
            next: string | null;
        };
        /** CompletionRow */
        CompletionRow: {
            rank: number;
            key: string;
            name: string;
            completion_permille: number;
            forecast_permille: number | null;
            value?: number;
            target?: number;
            forecast?: number | null;
        };
        /** Counted */
        Counted: {
            quantity_e3: number;
            /** @description 瓶, 箱 … */
            unit?: string | null;
        };
        /** CountedRow */
        CountedRow: {
            row: number;
            name: string;
            counted: components["schemas"]["Counted"][];
            /** @default  */
            sheet: string;
            /** @default  */
            warehouse: string;
            /** @default  */
            product_code: string;
            /** @default  */
            code: string;
            /** @default  */
            barcode: string;
            /** @default  */
            brand: string;
            axes?: string[];
            spec?: string[];
        };
        /** CustomerRow */
        CustomerRow: {
            id: string;
            code: string;
            name: string;
            short_name: string;
            class_id: string | null;
            price_level_id: string | null;
            tags: string[];
            phone: string;
            province: string;
            city: string;
            county: string;
            street: string;
            owner_id: string | null;
            territory_id: string;
            latitude_e7: number | null;
            longitude_e7: number | null;
            is_active: boolean;
            created_at: number;
        };
        /** DeactivatePerson */
        DeactivatePerson: {
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
        };
        /** DebtRow */
        DebtRow: {
            customer_id: string;
            code: string;
            name: string;
            phone: string;
            owner_name: string | null;
            debt: number;
            committed: number;
            credit_limit: number | null;
            credit_days: number;
            policy: string;
            overdue: number;
            territory_id: string;
            owner_id: string | null;
            overdue_since: string | null;
        };
        /** DebtTotals */
        DebtTotals: {
            customer_count: number;
            debt: number;
            paid_ahead: number;
            not_due: number;
            overdue_30: number;
            overdue_60: number;
            overdue_90: number;
            overdue_more: number;
        };
        /** DecidePin */
        DecidePin: {
            /** @description UUID, lower-case, 36 characters */
            pin_id: string;
            is_approved: boolean;
            /** @default  */
            reason: string;
        };
        /** DecideUpgrade */
        DecideUpgrade: {
            /** @description UUID, lower-case, 36 characters */
            request_id: string;
            is_approved: boolean;
            /** @default  */
            reason: string;
        };
        /** DiscardDraft */
        DiscardDraft: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
        };
        /** DoneAdded */
        DoneAdded: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Added"] | null;
        };
        /** DoneAmended */
        DoneAmended: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Amended"] | null;
        };
        /** DoneCheckedIn */
        DoneCheckedIn: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["CheckedIn"] | null;
        };
        /** DoneCheckedOut */
        DoneCheckedOut: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["CheckedOut"] | null;
        };
        /** DoneCollected */
        DoneCollected: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Collected"] | null;
        };
        /** DoneDraftSaved */
        DoneDraftSaved: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["DraftSaved"] | null;
        };
        /** DoneEdited */
        DoneEdited: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Edited"] | null;
        };
        /** DoneGoodsImported */
        DoneGoodsImported: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["GoodsImported"] | null;
        };
        /** DoneImported */
        DoneImported: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Imported"] | null;
        };
        /** DoneMoved */
        DoneMoved: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Moved"] | null;
        };
        /** DoneNothing */
        DoneNothing: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: null;
        };
        /** DoneOrdersImported */
        DoneOrdersImported: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["OrdersImported"] | null;
        };
        /** DonePinAsked */
        DonePinAsked: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["PinAsked"] | null;
        };
        /** DonePlaced */
        DonePlaced: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Placed"] | null;
        };
        /** DonePricesSet */
        DonePricesSet: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["PricesSet"] | null;
        };
        /** DoneProductEdited */
        DoneProductEdited: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["ProductEdited"] | null;
        };
        /** DoneReplayed */
        DoneReplayed: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Replayed"] | null;
        };
        /** DoneReturnAsked */
        DoneReturnAsked: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["ReturnAsked"] | null;
        };
        /** DoneReturnReceived */
        DoneReturnReceived: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["ReturnReceived"] | null;
        };
        /** DoneReviewed */
        DoneReviewed: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["Reviewed"] | null;
        };
        /** DoneStockImported */
        DoneStockImported: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["StockImported"] | null;
        };
        /** DoneTargetSplit */
        DoneTargetSplit: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["TargetSplit"] | null;
        };
        /** DoneTargetsImported */
        DoneTargetsImported: {
            uuid: string;
            status: string;
            seq: number;
            code?: string | null;
            result?: components["schemas"]["TargetsImported"] | null;
        };
        /** DownlineRow */
        DownlineRow: {
            id: string;
            name: string;
            level_name: string;
            decided_at: number | null;
            upline_id: string | null;
            is_direct: boolean;
        };
        /** DownlineTotals */
        DownlineTotals: {
            agent_id: string;
            name: string;
            depth: number;
            order_count: number;
            goods_amount: number;
            returned_amount: number;
        };
        /** DraftSaved */
        DraftSaved: {
            goods_amount: number;
            total_amount: number;
        };
        /** EditCustomer */
        EditCustomer: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            changes: {
                [key: string]: [
                    unknown,
                    unknown
                ];
            };
        };
        /** EditPerson */
        EditPerson: {
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            name?: string;
            phone?: string;
            login?: string;
            roles?: ("rep" | "agent" | "courier" | "clerk" | "manager" | "administrator")[];
        };
        /** EditProduct */
        EditProduct: {
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            changes: {
                [key: string]: [
                    unknown,
                    unknown
                ];
            };
        };
        /** EditTerritory */
        EditTerritory: {
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            name: string;
        };
        /** Edited */
        Edited: {
            conflicts: string[];
        };
        /** EndAgent */
        EndAgent: {
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            reason: string;
        };
        /** EndRoute */
        EndRoute: {
            /** @description UUID, lower-case, 36 characters */
            route_id: string;
        };
        /** ExpectedPhoto */
        ExpectedPhoto: {
            /** @description UUID, lower-case, 36 characters */
            photo_id: string;
            /** @description SHA-256, lower-case hex */
            sha256: string;
            kind: string;
            /** @description epoch milliseconds, UTC */
            taken_at: number;
            size: number;
        };
        /** Expense */
        Expense: {
            name: string;
            /** @description fen */
            amount: number;
            /** @default  */
            remark: string;
        };
        /** ExpenseRow */
        ExpenseRow: {
            name: string;
            amount: number;
            remark: string;
        };
        /** FigureDocument */
        FigureDocument: {
            document_id: string;
            root_id: string;
            kind: string;
            number: string;
            customer_id: string;
            customer_name: string;
            day_on: string;
            value: number;
        };
        /** FigurePolicyRow */
        FigurePolicyRow: {
            basis: string;
            peers: string;
        };
        /** FirstRun */
        FirstRun: {
            company: string;
            name: string;
            login: string;
            password: string;
        };
        /** FirstRunState */
        FirstRunState: {
            is_needed: boolean;
        };
        /** Fix */
        Fix: {
            /** @description degrees north × 10⁷, WGS-84 */
            latitude_e7: number;
            /** @description degrees east × 10⁷, WGS-84 */
            longitude_e7: number;
            /** @description metres */
            accuracy_m: number;
            /** @description epoch milliseconds, UTC */
            taken_at: number;
            /** @default 1 */
            count: number;
        };
        /** GiveUpPhoto */
        GiveUpPhoto: {
            /** @description UUID, lower-case, 36 characters */
            photo_id: string;
        };
        /** GoodsImported */
        GoodsImported: {
            created: number;
            changed: number;
            unchanged: number;
            refused: components["schemas"]["RowNote"][];
            noticed: components["schemas"]["RowNote"][];
        };
        /** GoodsRow */
        GoodsRow: {
            row: number;
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            name: string;
            /** @default  */
            sheet: string;
            /** @default  */
            product_code: string;
            /** @default  */
            code: string;
            /** @default  */
            brand: string;
            /** @description from the top down */
            category?: string[];
            axes?: string[];
            spec?: string[];
            /** @description 瓶, 箱 … */
            unit?: string | null;
            /** @default  */
            barcode: string;
            /** @description 瓶, 箱 … */
            pack_unit?: string | null;
            /** @description base units in one pack */
            factor?: number | null;
            /** @default  */
            pack_barcode: string;
            /** @description 1/10000 yuan per unit */
            price_e4?: number | null;
            /** @description 1/10000 yuan per unit */
            cost_e4?: number | null;
            /** @description thousandths of the unit */
            minimum_e3?: number | null;
            /** @description thousandths of the unit */
            step_e3?: number | null;
            /** @default  */
            description: string;
            is_on_sale?: boolean | null;
        };
        /** Hello */
        Hello: {
            /** @default 1 */
            proto: number;
            person_id?: string | null;
            replica?: string | null;
            prev_replica?: string | null;
            device?: components["schemas"]["sync_wire_Device"];
            /** @default 1 */
            schema: number;
            client_time?: number | null;
            lost?: components["schemas"]["Lost"] | null;
        };
        /** HolidaySpec */
        HolidaySpec: {
            /** @description YYYY-MM-DD */
            day_on: string;
            name: string;
        };
        /** ImportGoods */
        ImportGoods: {
            rows: components["schemas"]["GoodsRow"][];
        };
        /** ImportOrders */
        ImportOrders: {
            rows: components["schemas"]["PastOrder"][];
            /** @default  */
            source: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id?: string | null;
        };
        /** ImportRow */
        ImportRow: {
            row: number;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            name: string;
            /** @default  */
            sheet: string;
            /** @default  */
            code: string;
            /** @default  */
            short_name: string;
            /** @default  */
            contact_name: string;
            /** @default  */
            phone: string;
            /** @default  */
            mobile: string;
            /** @default  */
            address: string;
            /** @default  */
            province: string;
            /** @default  */
            city: string;
            /** @description degrees north × 10⁷, WGS-84 */
            latitude_e7?: number | null;
            /** @description degrees east × 10⁷, WGS-84 */
            longitude_e7?: number | null;
            /** @default  */
            remark: string;
            /** @default  */
            class_name: string;
            /** @default  */
            owner_name: string;
            /** @default  */
            territory_name: string;
        };
        /** ImportRows */
        ImportRows: {
            rows: components["schemas"]["ImportRow"][];
            /** @description UUID, lower-case, 36 characters */
            territory_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            owner_id?: string | null;
        };
        /** ImportStock */
        ImportStock: {
            rows: components["schemas"]["CountedRow"][];
            /** @default  */
            reason: string;
        };
        /** ImportTargets */
        ImportTargets: {
            rows: components["schemas"]["TargetRow"][];
        };
        /** Imported */
        Imported: {
            created: number;
            changed: number;
            unchanged: number;
            refused: components["schemas"]["RowNote"][];
            noticed: components["schemas"]["RowNote"][];
        };
        /** InvitationRow */
        InvitationRow: {
            id: string;
            upline_id: string | null;
            upline_name: string | null;
            price_level_id: string;
            territory_id: string;
            owner_id: string | null;
            note: string;
            uses_left: number;
            expires_at: number;
            is_revoked: boolean;
            created_by: string;
            created_at: number;
        };
        /** Invite */
        Invite: {
            /** @description UUID, lower-case, 36 characters */
            invitation_id: string;
            token_hash: string;
            /** @description UUID, lower-case, 36 characters */
            price_level_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            upline_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            territory_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            owner_id?: string | null;
            /** @default  */
            note: string;
            /** @default 1 */
            uses: number;
            /** @description epoch milliseconds, UTC */
            expires_at: number;
        };
        /** Invited */
        Invited: {
            inviter: string;
            company: string;
            expires_at: number;
        };
        /** LevelSpan */
        LevelSpan: {
            price_level_id: string;
            level_name: string;
            from_at: number;
            until_at: number | null;
            reason: string;
        };
        /** ListPrice */
        ListPrice: {
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            /** @description 瓶, 箱 … */
            unit: string;
            breaks: [
                number,
                number
            ][];
            gifts?: components["schemas"]["PriceGift"][];
            /** @default false */
            may_rise: boolean;
        };
        /** Lost */
        Lost: {
            /** @default 0 */
            outbox_depth_last_known: number;
        };
        /** Me */
        Me: {
            id: string;
            name: string;
            roles: string[];
            permissions: string[];
        };
        /** MoveTerritory */
        MoveTerritory: {
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @description UUID, lower-case, 36 characters */
            parent_id?: string | null;
        };
        /** MoveUpline */
        MoveUpline: {
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            /** @description UUID, lower-case, 36 characters */
            upline_id?: string | null;
            /** @default  */
            reason: string;
        };
        /** Moved */
        Moved: {
            state: string;
        };
        /** MovementRow */
        MovementRow: {
            id: string;
            warehouse_id: string;
            warehouse_name: string;
            variant_id: string;
            product_name: string;
            variant_name: string;
            code: string;
            unit: string;
            kind: string;
            quantity_e3: number;
            balance_e3: number;
            cost_e4: number | null;
            reason: string;
            source_table: string;
            source_id: string;
            person_name: string;
            at: number;
            day_on: string;
        };
        /** MuteMessages */
        MuteMessages: {
            /** @enum {string} */
            kind: "approval_wanted" | "order_moved" | "customer_assigned" | "comment" | "target_reached" | "command_refused";
            is_muted: boolean;
        };
        /** OfferBlob */
        OfferBlob: {
            /** @description SHA-256, lower-case hex */
            sha256: string;
            size: number;
            /** @default  */
            mime: string;
            part_size: number;
        };
        /** OpenBalance */
        OpenBalance: {
            /** @description UUID, lower-case, 36 characters */
            item_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description minor units of the currency (fen) */
            amount: number;
            /** @description YYYY-MM-DD */
            day_on: string;
            /** @description YYYY-MM-DD */
            due_on?: string | null;
            /** @default  */
            number: string;
        };
        /** OpenItemRow */
        OpenItemRow: {
            id: string;
            number: string;
            source_table: string;
            source_id: string;
            amount: number;
            open_amount: number;
            day_on: string;
            due_on: string;
        };
        /** OrderDetail */
        OrderDetail: {
            id: string;
            number: string;
            customer_id: string;
            customer_name: string;
            agent_id: string | null;
            person_id: string;
            person_name: string;
            owner_id: string | null;
            owner_name: string | null;
            territory_id: string;
            day_on: string;
            state: string;
            goods_amount: number;
            expense_amount: number;
            total_amount: number;
            returned_amount: number;
            cost_amount: number | null;
            profit: number | null;
            line_count: number;
            short_count: number;
            hold_codes: string[];
            recipient: components["schemas"]["Recipient"];
            delivery_method: string;
            wanted_on: string | null;
            install_at: number | null;
            note: string;
            visit_id: string | null;
            placed_at: number;
            changed_at: number;
            version: number;
            expenses: components["schemas"]["ExpenseRow"][];
            price_changes: components["schemas"]["PriceChange"][];
            warehouse_id: string | null;
            lines: components["schemas"]["OrderLineRow"][];
            moves: components["schemas"]["OrderMoveRow"][];
            returns: components["schemas"]["OrderReturnRow"][];
        };
        /** OrderLineRow */
        OrderLineRow: {
            id: string;
            position: number;
            variant_id: string;
            name: string;
            code: string;
            unit: string;
            factor: number;
            quantity_e3: number;
            price_e4: number;
            list_price_e4: number;
            amount: number;
            is_gift: boolean;
            gift_of: string | null;
            source: string;
            list_id: string | null;
            cost_e4: number | null;
            reserved_e3: number;
            shipped_e3: number;
            returned_e3: number;
        };
        /** OrderListRow */
        OrderListRow: {
            id: string;
            number: string;
            customer_id: string;
            customer_name: string;
            agent_id: string | null;
            person_id: string;
            person_name: string;
            owner_id: string | null;
            owner_name: string | null;
            territory_id: string;
            day_on: string;
            state: string;
            goods_amount: number;
            expense_amount: number;
            total_amount: number;
            returned_amount: number;
            cost_amount: number | null;
            profit: number | null;
            line_count: number;
            short_count: number;
            hold_codes: string[];
            recipient: components["schemas"]["Recipient"];
            delivery_method: string;
            wanted_on: string | null;
            install_at: number | null;
            note: string;
            visit_id: string | null;
            placed_at: number;
            changed_at: number;
            version: number;
        };
        /** OrderMoveRow */
        OrderMoveRow: {
            id: string;
            verb: string;
            from_state: string;
            to_state: string;
            mover_id: string;
            mover_name: string;
            at: number;
            reason: string;
            detail: {
                [key: string]: unknown;
            };
        };
        /** OrderReturnLineRow */
        OrderReturnLineRow: {
            id: string;
            order_line_id: string;
            quantity_e3: number;
            amount: number;
        };
        /** OrderReturnRow */
        OrderReturnRow: {
            id: string;
            state: string;
            reason: string;
            amount: number;
            asked_by: string;
            asked_at: number;
            decided_by: string | null;
            decided_at: number | null;
            decision_reason: string;
            lines: components["schemas"]["OrderReturnLineRow"][];
        };
        /** OrderTotals */
        OrderTotals: {
            order_count: number;
            goods_amount: number;
            expense_amount: number;
            total_amount: number;
            returned_amount: number;
            cost_amount: number | null;
            profit: number | null;
        };
        /** OrderedLine */
        OrderedLine: {
            /** @description UUID, lower-case, 36 characters */
            line_id: string;
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            unit: string;
            /** @description thousandths of the unit */
            quantity_e3: number;
            /** @description 1/10000 yuan per unit */
            price_e4?: number | null;
            /** @description UUID, lower-case, 36 characters */
            list_id?: string | null;
        };
        /** OrdersImported */
        OrdersImported: {
            created: number;
            changed: number;
            unchanged: number;
            refused: components["schemas"]["RowNote"][];
            noticed: components["schemas"]["RowNote"][];
            goods_e4: number;
            returned_amount: number;
            cancelled: number;
        };
        /** OwnerDebtRow */
        OwnerDebtRow: {
            owner_id: string | null;
            owner_name: string | null;
            customer_count: number;
            debt: number;
            overdue: number;
        };
        /** PackOfStock */
        PackOfStock: {
            unit: string;
            factor: number;
        };
        /** PackOrder */
        PackOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** Page[AgentListRow] */
        "Page_roundsman.agents.routes.AgentListRow_": {
            rows: components["schemas"]["AgentListRow"][];
            next?: string | null;
        };
        /** Page[DownlineRow] */
        "Page_roundsman.agents.routes.DownlineRow_": {
            rows: components["schemas"]["DownlineRow"][];
            next?: string | null;
        };
        /** Page[InvitationRow] */
        "Page_roundsman.agents.routes.InvitationRow_": {
            rows: components["schemas"]["InvitationRow"][];
            next?: string | null;
        };
        /** Page[PricedVariantRow] */
        "Page_roundsman.catalog.routes.PricedVariantRow_": {
            rows: components["schemas"]["PricedVariantRow"][];
            next?: string | null;
        };
        /** Page[ProductRow] */
        "Page_roundsman.catalog.routes.ProductRow_": {
            rows: components["schemas"]["ProductRow"][];
            next?: string | null;
        };
        /** Page[CustomerRow] */
        "Page_roundsman.customers.routes.CustomerRow_": {
            rows: components["schemas"]["CustomerRow"][];
            next?: string | null;
        };
        /** Page[FigureDocument] */
        "Page_roundsman.figures.routes.FigureDocument_": {
            rows: components["schemas"]["FigureDocument"][];
            next?: string | null;
        };
        /** Page[PersonRow] */
        "Page_roundsman.identity.routes.PersonRow_": {
            rows: components["schemas"]["PersonRow"][];
            next?: string | null;
        };
        /** Page[SessionRow] */
        "Page_roundsman.identity.routes.SessionRow_": {
            rows: components["schemas"]["SessionRow"][];
            next?: string | null;
        };
        /** Page[MovementRow] */
        "Page_roundsman.inventory.routes.MovementRow_": {
            rows: components["schemas"]["MovementRow"][];
            next?: string | null;
        };
        /** Page[StockRow] */
        "Page_roundsman.inventory.routes.StockRow_": {
            rows: components["schemas"]["StockRow"][];
            next?: string | null;
        };
        /** Page[DownlineTotals] */
        "Page_roundsman.orders.routes.rows.DownlineTotals_": {
            rows: components["schemas"]["DownlineTotals"][];
            next?: string | null;
        };
        /** Page[OrderListRow] */
        "Page_roundsman.orders.routes.rows.OrderListRow_": {
            rows: components["schemas"]["OrderListRow"][];
            next?: string | null;
        };
        /** Page[ProfitRow] */
        "Page_roundsman.orders.routes.rows.ProfitRow_": {
            rows: components["schemas"]["ProfitRow"][];
            next?: string | null;
        };
        /** Page[ReturnListRow] */
        "Page_roundsman.orders.routes.rows.ReturnListRow_": {
            rows: components["schemas"]["ReturnListRow"][];
            next?: string | null;
        };
        /** Page[DebtRow] */
        "Page_roundsman.receivables.routes.DebtRow_": {
            rows: components["schemas"]["DebtRow"][];
            next?: string | null;
        };
        /** Page[OpenItemRow] */
        "Page_roundsman.receivables.routes.OpenItemRow_": {
            rows: components["schemas"]["OpenItemRow"][];
            next?: string | null;
        };
        /** Page[OwnerDebtRow] */
        "Page_roundsman.receivables.routes.OwnerDebtRow_": {
            rows: components["schemas"]["OwnerDebtRow"][];
            next?: string | null;
        };
        /** Page[StatementRow] */
        "Page_roundsman.receivables.routes.StatementRow_": {
            rows: components["schemas"]["StatementRow"][];
            next?: string | null;
        };
        /** Page[CommandSeen] */
        "Page_roundsman.sync.queries.CommandSeen_": {
            rows: components["schemas"]["CommandSeen"][];
            next?: string | null;
        };
        /** Page[ReplicaSeen] */
        "Page_roundsman.sync.queries.ReplicaSeen_": {
            rows: components["schemas"]["ReplicaSeen"][];
            next?: string | null;
        };
        /** Page[ReportSeen] */
        "Page_roundsman.sync.queries.ReportSeen_": {
            rows: components["schemas"]["ReportSeen"][];
            next?: string | null;
        };
        /** Page[TargetListRow] */
        "Page_roundsman.targets.routes.TargetListRow_": {
            rows: components["schemas"]["TargetListRow"][];
            next?: string | null;
        };
        /** Page[VisitRow] */
        "Page_roundsman.visits.routes.VisitRow_": {
            rows: components["schemas"]["VisitRow"][];
            next?: string | null;
        };
        /** Part */
        Part: {
            /** @description UUID, lower-case, 36 characters */
            target_id: string;
            key: string;
            /** @default 1 */
            weight: number;
        };
        /** PastExpense */
        PastExpense: {
            name: string;
            /** @description minor units of the currency (fen) */
            amount: number;
        };
        /** PastLine */
        PastLine: {
            row: number;
            /** @default  */
            code: string;
            /** @default - */
            name: string;
            /** @default  */
            unit: string;
            /** @description thousandths of the unit */
            quantity_e3: number;
            /** @description 1/10000 yuan per unit */
            price_e4: number;
        };
        /** PastOrder */
        PastOrder: {
            row: number;
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            number: string;
            /** @description epoch milliseconds, UTC */
            placed_at: number;
            /** @default  */
            sheet: string;
            /** @default  */
            customer_code: string;
            /** @default  */
            customer_name: string;
            /** @default closed */
            state: string;
            lines?: components["schemas"]["PastLine"][];
            /** @description 1/10000 yuan */
            goods_e4?: number | null;
            /**
             * @description fen
             * @default 0
             */
            returned_amount: number;
            expenses?: components["schemas"]["PastExpense"][];
            /** @default  */
            owner_name: string;
            /** @default  */
            territory_name: string;
            recipient?: components["schemas"]["Recipient"];
            /** @default  */
            note: string;
        };
        /** PersonRow */
        PersonRow: {
            id: string;
            name: string;
            phone: string | null;
            login: string | null;
            roles: string[];
            is_active: boolean;
            can_sign_in: boolean;
            created_at: number;
        };
        /** PinAsked */
        PinAsked: {
            state: string;
        };
        /** PlaceOrder */
        PlaceOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            lines: components["schemas"]["OrderedLine"][];
            recipient?: components["schemas"]["Recipient"];
            /** @default  */
            delivery_method: string;
            /** @description YYYY-MM-DD */
            wanted_on?: string | null;
            /** @description epoch milliseconds, UTC */
            install_at?: number | null;
            /** @default  */
            note: string;
            expenses?: components["schemas"]["Expense"][];
            /** @description UUID, lower-case, 36 characters */
            visit_id?: string | null;
            /** @description minor units of the currency (fen) */
            goods_amount: number;
            /** @description YYYY-MM-DD */
            priced_on: string;
            clocks?: components["schemas"]["Clocks"] | null;
        };
        /** Placed */
        Placed: {
            number: string;
            state: string;
            goods_amount: number;
            total_amount: number;
            changes: components["schemas"]["PriceChange"][];
            holds: string[];
        };
        /** PlanRoute */
        PlanRoute: {
            /** @description UUID, lower-case, 36 characters */
            route_id: string;
            name: string;
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            /** @description UUID, lower-case, 36 characters */
            territory_id: string;
            /** @description bitmask, Monday = 1 … Sunday = 64 */
            weekdays: number;
            /** @default 1 */
            every_weeks: number;
            /** @description YYYY-MM-DD */
            from_on: string;
            /** @description YYYY-MM-DD */
            until_on?: string | null;
            /** @default true */
            skips_holidays: boolean;
            stops: components["schemas"]["Stop"][];
        };
        /** PriceChange */
        PriceChange: {
            line_id: string;
            price_before_e4: number;
            price_after_e4: number;
            amount_before: number;
            amount_after: number;
        };
        /** PriceGift */
        PriceGift: {
            /** @description thousandths of the unit */
            every_e3: number;
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            /** @description 瓶, 箱 … */
            unit: string;
            /** @description thousandths of the gift's unit */
            quantity_e3: number;
        };
        /** PriceRow */
        PriceRow: {
            unit: string;
            breaks: [
                number,
                number
            ][];
            gifts: components["schemas"]["PriceGift"][];
            may_rise: boolean;
        };
        /** PricedVariantRow */
        PricedVariantRow: {
            variant_id: string;
            product_id: string;
            product_name: string;
            name: string;
            code: string;
            packs: components["schemas"]["VariantPack"][];
            price_e4: number;
            is_on_sale: boolean;
            prices: components["schemas"]["PriceRow"][];
        };
        /** PricesSet */
        PricesSet: {
            version: number;
        };
        /**
         * Problem
         * @description What went wrong, for programs. `busy` and every status from 500 on may be tried again; the rest is
         *         final.
         */
        Problem: {
            type: string;
            title: string;
            status: number;
            kind: string;
            code: string;
            details: Record<string, never>;
            /** @default null */
            request_id: string | null;
        };
        /** ProductEdited */
        ProductEdited: {
            conflicts: string[];
        };
        /** ProductRow */
        ProductRow: {
            id: string;
            code: string;
            name: string;
            brand: string;
            category_id: string | null;
            axes: string[];
            description: string;
            picture_ids: string[];
            position: number;
            is_on_sale: boolean;
            variants: components["schemas"]["VariantRow"][];
        };
        /** ProductVariant */
        ProductVariant: {
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            spec?: string[];
            /** @default  */
            code: string;
            packs: components["schemas"]["VariantPack"][];
            /** @description 1/10000 yuan per unit */
            price_e4: number;
            /** @description 1/10000 yuan per unit */
            cost_e4?: number | null;
            /** @default 0 */
            position: number;
            /** @default true */
            is_on_sale: boolean;
        };
        /** Profile */
        Profile: {
            /** @default  */
            sender: string;
            /** @default  */
            mobile: string;
            /** @default  */
            province: string;
            /** @default  */
            city: string;
            /** @default  */
            county: string;
            /** @default  */
            street: string;
        };
        /** ProfitRow */
        ProfitRow: {
            id: string;
            name: string;
            order_count: number;
            goods_amount: number;
            total_amount: number;
            returned_amount: number;
            cost_amount: number;
            profit: number;
        };
        /** PushKeyShown */
        PushKeyShown: {
            key: string;
        };
        /** PutOnSale */
        PutOnSale: {
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            /** @description UUID, lower-case, 36 characters */
            variant_id?: string | null;
            /** @default true */
            is_on_sale: boolean;
        };
        /** Ranking */
        Ranking: {
            basis: string;
            from_on: string;
            until_on: string;
            previous_from_on: string;
            previous_until_on: string;
            count: number;
            total: number;
            own: components["schemas"]["RankingRow"] | null;
            phones: number;
            behind: number;
            heard_since: number;
            rows: components["schemas"]["RankingRow"][];
            next: string | null;
        };
        /** RankingRow */
        RankingRow: {
            rank: number;
            key: string;
            name: string;
            value?: number;
            share_permille?: number;
            previous?: number;
            previous_rank?: number | null;
        };
        /** ReactivatePerson */
        ReactivatePerson: {
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
        };
        /** ReadMessages */
        ReadMessages: {
            message_ids?: string[];
            /** @description epoch milliseconds, UTC */
            up_to?: number | null;
        };
        /** Receive */
        Receive: {
            /** @description UUID, lower-case, 36 characters */
            receipt_id: string;
            /** @description UUID, lower-case, 36 characters */
            warehouse_id: string;
            lines: components["schemas"]["ReceivedLine"][];
            /** @default  */
            reason: string;
        };
        /** ReceiveReturn */
        ReceiveReturn: {
            /** @description UUID, lower-case, 36 characters */
            return_id: string;
            /** @default  */
            reason: string;
        };
        /** ReceivedLine */
        ReceivedLine: {
            /** @description UUID, lower-case, 36 characters */
            variant_id: string;
            unit: string;
            quantity_e3: number;
            /** @description 1/10000 yuan per unit */
            cost_e4?: number | null;
        };
        /** Recipient */
        Recipient: {
            /** @default  */
            name: string;
            /** @default  */
            mobile: string;
            /** @default  */
            province: string;
            /** @default  */
            city: string;
            /** @default  */
            county: string;
            /** @default  */
            street: string;
        };
        /** RecordStep */
        RecordStep: {
            /** @description UUID, lower-case, 36 characters */
            step_id: string;
            /** @description UUID, lower-case, 36 characters */
            visit_id: string;
            kind: string;
            /** @default  */
            title: string;
            /** @description UUID, lower-case, 36 characters */
            template_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            follow_up_id?: string | null;
            answers?: {
                [key: string]: string | number | boolean | string[] | null;
            };
            photos?: components["schemas"]["ExpectedPhoto"][];
            clocks: components["schemas"]["Clocks"];
        };
        /** RefuseAgent */
        RefuseAgent: {
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            reason: string;
        };
        /** RefuseReturn */
        RefuseReturn: {
            /** @description UUID, lower-case, 36 characters */
            return_id: string;
            /** @default  */
            reason: string;
        };
        /** Registered */
        Registered: {
            agent_id: string;
        };
        /** Registration */
        Registration: {
            token: string;
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            name: string;
            mobile: string;
            password: string;
            /** @default  */
            province: string;
            /** @default  */
            city: string;
            /** @default  */
            county: string;
            /** @default  */
            note: string;
        };
        /** RejectQuarantined */
        RejectQuarantined: {
            uuid: string;
            /** @default  */
            message: string;
            code?: string | null;
        };
        /** RemoveContact */
        RemoveContact: {
            /** @description UUID, lower-case, 36 characters */
            contact_id: string;
        };
        /** RemoveTarget */
        RemoveTarget: {
            /** @description UUID, lower-case, 36 characters */
            target_id: string;
        };
        /** ReplayQuarantined */
        ReplayQuarantined: {
            uuid: string;
        };
        /** Replayed */
        Replayed: {
            status: string;
            code?: string | null;
        };
        /** ReplicaSeen */
        ReplicaSeen: {
            id: string;
            person_id: string;
            status: string;
            device: {
                [key: string]: unknown;
            } | null;
            last_number: number;
            outbox_depth: number;
            outbox_oldest_at: number | null;
            outbox_blobs: number;
            clock_skew_ms: number | null;
            created_at: number;
            last_seen_at: number;
            entitled_since: number | null;
        };
        /** Report */
        Report: {
            kind: string;
            body?: unknown;
            replica?: string | null;
        };
        /** ReportSeen */
        ReportSeen: {
            id: string;
            person_id: string;
            replica_id: string | null;
            kind: string;
            body: unknown;
            received_at: number;
        };
        /** ReturnAsked */
        ReturnAsked: {
            amount: number;
        };
        /** ReturnListRow */
        ReturnListRow: {
            id: string;
            order_id: string;
            number: string;
            customer_id: string;
            customer_name: string;
            state: string;
            reason: string;
            amount: number;
            asked_by: string;
            asker_name: string;
            asked_at: number;
            decided_at: number | null;
            decision_reason: string;
        };
        /** ReturnReceived */
        ReturnReceived: {
            amount: number;
            state: string;
        };
        /** ReturnedLine */
        ReturnedLine: {
            /** @description UUID, lower-case, 36 characters */
            return_line_id: string;
            /** @description UUID, lower-case, 36 characters */
            line_id: string;
            /** @description thousandths of the unit */
            quantity_e3: number;
        };
        /** ReviewOrder */
        ReviewOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
            /** @default false */
            accept_holds: boolean;
        };
        /** Reviewed */
        Reviewed: {
            state: string;
            short: components["schemas"]["ShortLine"][];
        };
        /** RevokeInvitation */
        RevokeInvitation: {
            /** @description UUID, lower-case, 36 characters */
            invitation_id: string;
        };
        /** RevokeReplica */
        RevokeReplica: {
            /** @description UUID, lower-case, 36 characters */
            replica_id: string;
        };
        /** RowNote */
        RowNote: {
            row: number;
            /** @default  */
            sheet: string;
            code: string;
            /** @default  */
            value: string;
        };
        /** SaveDraft */
        SaveDraft: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            lines: components["schemas"]["OrderedLine"][];
            recipient?: components["schemas"]["Recipient"];
            /** @default  */
            delivery_method: string;
            /** @description YYYY-MM-DD */
            wanted_on?: string | null;
            /** @description epoch milliseconds, UTC */
            install_at?: number | null;
            /** @default  */
            note: string;
            expenses?: components["schemas"]["Expense"][];
            /** @description UUID, lower-case, 36 characters */
            visit_id?: string | null;
        };
        /** SessionRow */
        SessionRow: {
            id: string;
            replica_id: string | null;
            created_at: number;
            seen_at: number;
            expires_at: number;
            address: string;
            agent: string;
            is_current: boolean;
        };
        /** SetAgentLevel */
        SetAgentLevel: {
            /** @description UUID, lower-case, 36 characters */
            agent_id: string;
            /** @description UUID, lower-case, 36 characters */
            price_level_id: string;
            /** @default  */
            reason: string;
        };
        /** SetCategory */
        SetCategory: {
            /** @description UUID, lower-case, 36 characters */
            category_id: string;
            name: string;
            /** @description UUID, lower-case, 36 characters */
            parent_id?: string | null;
            axes?: string[];
            /** @default 0 */
            position: number;
            /** @default true */
            is_active: boolean;
        };
        /** SetClass */
        SetClass: {
            /** @description UUID, lower-case, 36 characters */
            class_id: string;
            name: string;
            /** @default flag */
            geofence: string;
            /** @default 200 */
            radius_m: number;
            /** @default any */
            photo_source: string;
            /** @default 0 */
            position: number;
            /** @default true */
            is_active: boolean;
        };
        /** SetContact */
        SetContact: {
            /** @description UUID, lower-case, 36 characters */
            contact_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            name: string;
            /** @default  */
            phone: string;
            /** @default  */
            position: string;
            /** @default false */
            is_main: boolean;
        };
        /** SetFigurePolicy */
        SetFigurePolicy: {
            /** @enum {string} */
            basis: "ordered" | "reviewed" | "signed";
            /** @enum {string} */
            peers: "hidden" | "rank" | "amount";
        };
        /** SetHolidays */
        SetHolidays: {
            year: number;
            holidays: components["schemas"]["HolidaySpec"][];
        };
        /** SetLevel */
        SetLevel: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description UUID, lower-case, 36 characters */
            level_id?: string | null;
        };
        /** SetPassword */
        SetPassword: {
            /** @description UUID, lower-case, 36 characters */
            person_id: string;
            password: string;
        };
        /** SetPictures */
        SetPictures: {
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            before: string[];
            after: string[];
            new?: components["schemas"]["ExpectedPhoto"][];
        };
        /** SetPolicy */
        SetPolicy: {
            tolerance_permille: number;
            on_difference: string;
            list_age_days: number;
        };
        /** SetPriceLevel */
        SetPriceLevel: {
            /** @description UUID, lower-case, 36 characters */
            level_id: string;
            name: string;
            /** @default 0 */
            position: number;
            /** @default true */
            is_active: boolean;
        };
        /** SetPriceList */
        SetPriceList: {
            /** @description UUID, lower-case, 36 characters */
            list_id: string;
            name: string;
            /** @description UUID, lower-case, 36 characters */
            level_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            customer_id?: string | null;
            /** @description YYYY-MM-DD */
            from_on: string;
            /** @description YYYY-MM-DD */
            until_on?: string | null;
            /** @default true */
            is_active: boolean;
        };
        /** SetPrices */
        SetPrices: {
            /** @description UUID, lower-case, 36 characters */
            list_id: string;
            prices: components["schemas"]["ListPrice"][];
        };
        /** SetProfile */
        SetProfile: {
            profile: components["schemas"]["Profile"];
        };
        /** SetQuietHours */
        SetQuietHours: {
            /** @description minute of the day */
            quiet_from?: number | null;
            /** @description minute of the day */
            quiet_until?: number | null;
        };
        /** SetSteps */
        SetSteps: {
            /** @description UUID, lower-case, 36 characters */
            class_id: string;
            templates: components["schemas"]["StepSpec"][];
        };
        /** SetTarget */
        SetTarget: {
            /** @description UUID, lower-case, 36 characters */
            target_id: string;
            scope: string;
            /** @description UUID, lower-case, 36 characters */
            scope_id: string;
            metric: string;
            /** @description YYYY-MM-DD */
            from_on: string;
            /** @description YYYY-MM-DD */
            until_on: string;
            /** @description fen, thousandths of base units, or a count of visits */
            amount: number;
            /** @description UUID, lower-case, 36 characters */
            category_id?: string | null;
        };
        /** SetTerms */
        SetTerms: {
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            credit_limit?: number | null;
            /** @default 0 */
            credit_days: number;
            /** @default none */
            policy: string;
        };
        /** SetVariants */
        SetVariants: {
            /** @description UUID, lower-case, 36 characters */
            product_id: string;
            axes?: string[] | null;
            variants: components["schemas"]["ProductVariant"][];
        };
        /** SetWarehouse */
        SetWarehouse: {
            /** @description UUID, lower-case, 36 characters */
            warehouse_id: string;
            name: string;
            /** @default false */
            is_default: boolean;
            /** @default true */
            is_active: boolean;
        };
        /** Share */
        Share: {
            /** @description UUID, lower-case, 36 characters */
            item_id: string;
            /** @description minor units of the currency (fen) */
            amount: number;
        };
        /** SheetLine */
        SheetLine: {
            line_id: string;
            variant_id: string;
            name: string;
            code: string;
            unit: string;
            quantity_e3: number;
            price_e4: number;
            list_id: string | null;
            amount: number;
        };
        /** SheetOrder */
        SheetOrder: {
            order_id: string;
            sheet: string;
            row: number;
            recipient: components["schemas"]["Recipient"];
            note: string;
            lines: components["schemas"]["SheetLine"][];
            goods_amount: number;
            faults: components["schemas"]["RowNote"][];
            doubts: string[];
            is_placed: boolean;
            number: string;
            cancelled: string;
            alike: string;
        };
        /** SheetOrders */
        SheetOrders: {
            priced_on: string;
            orders: components["schemas"]["SheetOrder"][];
        };
        /** ShipOrder */
        ShipOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** ShortLine */
        ShortLine: {
            line_id: string;
            name: string;
            missing_e3: number;
        };
        /** SignIn */
        SignIn: {
            login: string;
            password: string;
            /** @description UUID, lower-case, 36 characters */
            replica_id?: string | null;
            device?: components["schemas"]["identity_sign_in_Device"];
        };
        /** SignInAnswer */
        SignInAnswer: {
            person: components["schemas"]["Me"];
            server_time: number;
        };
        /** SignOrder */
        SignOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** SkipStep */
        SkipStep: {
            /** @description UUID, lower-case, 36 characters */
            step_id: string;
            /** @description UUID, lower-case, 36 characters */
            visit_id: string;
            /** @description UUID, lower-case, 36 characters */
            template_id?: string | null;
            /** @description UUID, lower-case, 36 characters */
            follow_up_id?: string | null;
            kind: string;
            /** @default  */
            title: string;
            reason: string;
            clocks: components["schemas"]["Clocks"];
        };
        /** SkipVisit */
        SkipVisit: {
            /** @description UUID, lower-case, 36 characters */
            visit_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
            /** @description YYYY-MM-DD */
            day_on: string;
            reason: string;
            /** @description UUID, lower-case, 36 characters */
            route_id?: string | null;
        };
        /** SplitTarget */
        SplitTarget: {
            /** @description UUID, lower-case, 36 characters */
            target_id: string;
            into: string;
            parts: components["schemas"]["Part"][];
            /** @default 1 */
            step: number;
        };
        /** StatementRow */
        StatementRow: {
            id: string;
            kind: string;
            at: number;
            day_on: string;
            amount: number;
            effect: number;
            open_amount: number;
            balance: number;
            number: string;
            source_table: string;
            source_id: string;
            due_on: string | null;
            method: string;
            note: string;
            void_reason: string;
            person_name: string;
        };
        /** StepSpec */
        StepSpec: {
            /** @description UUID, lower-case, 36 characters */
            template_id: string;
            kind: string;
            title: string;
            /** @default false */
            is_must: boolean;
            settings?: {
                [key: string]: unknown;
            };
        };
        /** StockImported */
        StockImported: {
            created: number;
            changed: number;
            unchanged: number;
            refused: components["schemas"]["RowNote"][];
            noticed?: components["schemas"]["RowNote"][];
        };
        /** StockRow */
        StockRow: {
            id: string;
            warehouse_id: string;
            warehouse_name: string;
            variant_id: string;
            product_name: string;
            variant_name: string;
            code: string;
            packs: components["schemas"]["PackOfStock"][];
            on_hand_e3: number;
            reserved_e3: number;
            available_e3: number;
        };
        /** Stop */
        Stop: {
            /** @description UUID, lower-case, 36 characters */
            stop_id: string;
            /** @description UUID, lower-case, 36 characters */
            customer_id: string;
        };
        /** SubmitOrder */
        SubmitOrder: {
            /** @description UUID, lower-case, 36 characters */
            order_id: string;
            /** @description a state of an order */
            expect: string;
            /** @default  */
            reason: string;
        };
        /** SubscribePush */
        SubscribePush: {
            endpoint: string;
            /** @description base64url */
            p256dh: string;
            /** @description base64url */
            auth: string;
            /**
             * @default zh-CN
             * @enum {string}
             */
            language: "zh-CN" | "en";
        };
        /** SuspectedLoss */
        SuspectedLoss: {
            replica: string;
            count: number;
        };
        /** TargetListRow */
        TargetListRow: {
            id: string;
            parent_id: string | null;
            scope: string;
            scope_id: string;
            name: string;
            metric: string;
            category_id: string;
            category_name: string;
            from_on: string;
            until_on: string;
            amount: number;
            parts_amount: number;
            changed_at: number;
        };
        /** TargetRow */
        TargetRow: {
            row: number;
            /** @default  */
            sheet: string;
            /** @description UUID, lower-case, 36 characters */
            target_id: string;
            /** @default  */
            person_name: string;
            /** @default  */
            territory_name: string;
            category_name?: string | null;
            /** @default sales */
            metric: string;
            /** @description YYYY-MM-DD */
            from_on: string;
            /** @description YYYY-MM-DD */
            until_on: string;
            /** @description fen, thousandths of base units, or a count of visits */
            amount: number;
        };
        /** TargetSplit */
        TargetSplit: {
            amounts: number[];
            remainder: number;
        };
        /** TargetsImported */
        TargetsImported: {
            created: number;
            changed: number;
            unchanged: number;
            refused: components["schemas"]["RowNote"][];
            noticed: components["schemas"]["RowNote"][];
        };
        /** Unassign */
        Unassign: {
            /** @description UUID, lower-case, 36 characters */
            membership_id: string;
        };
        /** UnsubscribePush */
        UnsubscribePush: Record<string, never>;
        /** UplineSpan */
        UplineSpan: {
            upline_id: string | null;
            upline_name: string | null;
            from_at: number;
            until_at: number | null;
        };
        /** UseStarter */
        UseStarter: {
            /** @enum {string} */
            starter: "clothing" | "digital" | "mother_and_baby" | "beauty";
            /** @default true */
            is_on: boolean;
        };
        /** VariantPack */
        VariantPack: {
            /** @description 瓶, 箱 … */
            unit: string;
            /**
             * @description base units in one pack
             * @default 1
             */
            factor: number;
            /** @default  */
            barcode: string;
            /** @description 1/10000 yuan per unit */
            price_e4?: number | null;
            /**
             * @description thousandths of the unit
             * @default 0
             */
            minimum_e3: number;
            /** @description thousandths of the unit */
            maximum_e3?: number | null;
            /**
             * @description thousandths of the unit
             * @default 0
             */
            step_e3: number;
            /** @default true */
            is_sold: boolean;
        };
        /** VariantRow */
        VariantRow: {
            id: string;
            code: string;
            name: string;
            spec: string[];
            packs: components["schemas"]["VariantPack"][];
            price_e4: number;
            position: number;
            is_on_sale: boolean;
            cost_e4?: number;
        };
        /** VisitRow */
        VisitRow: {
            id: string;
            person_id: string;
            person_name: string;
            customer_id: string;
            customer_name: string;
            territory_id: string;
            day_on: string;
            route_id: string | null;
            is_planned: boolean;
            state: string;
            begun_at: number;
            checked_in_at: number | null;
            checked_out_at: number | null;
            in_latitude_e7: number | null;
            in_longitude_e7: number | null;
            in_accuracy_m: number | null;
            in_distance_m: number | null;
            in_fence: string | null;
            in_reason: string;
            out_distance_m: number | null;
            closed_by: string | null;
            skip_reason: string;
            note: string;
            flags: string[];
            step_count: number;
            photo_count: number;
            received_at: number;
        };
        /** VoidCollection */
        VoidCollection: {
            /** @description UUID, lower-case, 36 characters */
            collection_id: string;
            reason: string;
        };
        /** Welcome */
        Welcome: {
            replica: string;
            epoch: string;
            server_time: number;
            min_schema: number;
            features: string[];
            last_number: number;
            status: string;
            suspected_loss?: components["schemas"]["SuspectedLoss"] | null;
        };
        /** WipeReplica */
        WipeReplica: {
            /** @description UUID, lower-case, 36 characters */
            replica_id: string;
        };
        /** WithdrawFollowUp */
        WithdrawFollowUp: {
            /** @description UUID, lower-case, 36 characters */
            follow_up_id: string;
        };
        /** Device */
        identity_sign_in_Device: {
            /** @default  */
            ua: string;
        };
        /** Device */
        sync_wire_Device: {
            /** @default  */
            ua: string;
            /** @default false */
            standalone: boolean;
            /** @default false */
            persisted: boolean;
            quota?: {
                [key: string]: number;
            } | null;
        };
    };
    responses: {
        /** @description Nobody is signed in. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not yours to do. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not there, or not yours to see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It would be right on another state of things. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there and is gone. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It makes no sense or breaks a rule. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Our mistake; it may be tried again. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not now; to be tried again. */
        Busy: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Asked too often or sent too much; to be tried again after `Retry-After` seconds. */
        TooMany: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ApiAgentsGetAgents: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                state?: string;
                level?: string;
                /** @description part of name or mobile */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.agents.routes.AgentListRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiAgentsAgentIdHistoryGetHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentHistory"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiAgentsDownlineGetDownline: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.agents.routes.DownlineRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiAgentsInvitationsGetInvitations: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.agents.routes.InvitationRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiAgentsInvitationsTokenGetInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiAgentsRegistrationsPostRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registered"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiCatalogPricesGetPrices: {
        parameters: {
            query: {
                /** @description id of a price list */
                list: string;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words that name, pinyin, initials, brand, values, codes or barcodes must contain, all of them */
                search?: string;
                /** @description false: also what it has no price for */
                is_priced?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.catalog.routes.PricedVariantRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiCatalogProductsGetProducts: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words that name, pinyin, initials, brand, values, codes or barcodes must contain, all of them */
                search?: string;
                /** @description this one and all below it */
                category?: string | null;
                /** @description neither: both */
                is_on_sale?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.catalog.routes.ProductRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiCatalogProductsProductIdGetProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductRow"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.approve": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveAgent"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.ask_upgrade": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskUpgrade"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.decide_upgrade": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideUpgrade"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.end": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndAgent"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.invite": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invite"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.move_upline": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveUpline"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.refuse": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseAgent"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.revoke_invitation": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeInvitation"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.set_level": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetAgentLevel"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "agents.set_profile": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetProfile"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.add_product": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddProduct"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.edit_product": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditProduct"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneProductEdited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.import_rows": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportGoods"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneGoodsImported"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.put_on_sale": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutOnSale"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.set_category": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetCategory"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.set_pictures": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPictures"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.set_price_list": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPriceList"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.set_prices": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPrices"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonePricesSet"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.set_variants": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetVariants"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "catalog.use_starter": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UseStarter"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.add": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddCustomer"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneAdded"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.archive": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArchiveCustomer"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.ask_pin": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskPin"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonePinAsked"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.assign": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignCustomer"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.decide_pin": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecidePin"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.edit": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditCustomer"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneEdited"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.import_rows": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRows"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneImported"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.remove_contact": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveContact"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.set_class": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetClass"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.set_contact": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetContact"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.set_level": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetLevel"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "customers.set_price_level": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPriceLevel"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "figures.set_policy": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetFigurePolicy"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "files.give_up_photo": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveUpPhoto"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.add_person": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddPerson"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.add_territory": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddTerritory"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.assign": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assign"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.change_password": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.deactivate_person": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeactivatePerson"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.edit_person": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditPerson"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.edit_territory": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditTerritory"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.move_territory": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveTerritory"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.reactivate_person": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactivatePerson"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.revoke_replica": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeReplica"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.set_password": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPassword"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.unassign": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unassign"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "identity.wipe_replica": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WipeReplica"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "inventory.adjust": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adjust"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "inventory.import_rows": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportStock"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneStockImported"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "inventory.receive": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Receive"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "inventory.set_warehouse": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWarehouse"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "messages.mute": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MuteMessages"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "messages.read": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadMessages"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "messages.set_quiet_hours": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetQuietHours"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "messages.subscribe": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscribePush"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "messages.unsubscribe": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribePush"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.allocate": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllocateOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.amend": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneAmended"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.ask_return": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskReturn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneReturnAsked"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.cancel": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.close": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.discard_draft": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.import_rows": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportOrders"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneOrdersImported"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.pack": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.place": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonePlaced"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.receive_return": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiveReturn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneReturnReceived"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.refuse_return": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseReturn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.review": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneReviewed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.save_draft": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraft"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneDraftSaved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.set_policy": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPolicy"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.ship": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShipOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.sign": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneMoved"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "orders.submit": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitOrder"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DonePlaced"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "receivables.collect": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collect"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneCollected"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "receivables.open_balance": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenBalance"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "receivables.set_terms": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTerms"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "receivables.void_collection": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidCollection"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "sync.reject_quarantined": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectQuarantined"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "sync.replay_quarantined": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayQuarantined"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneReplayed"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "targets.import_rows": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportTargets"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneTargetsImported"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "targets.remove": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveTarget"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "targets.set": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTarget"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "targets.split": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitTarget"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneTargetSplit"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.arrange_stops": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArrangeStops"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.ask_follow_up": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskFollowUp"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.check_in": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckIn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneCheckedIn"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.check_out": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckOut"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneCheckedOut"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.end_route": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndRoute"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.plan_route": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRoute"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.record_step": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordStep"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.set_holidays": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetHolidays"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.set_steps": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSteps"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.skip": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipVisit"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.skip_step": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipStep"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    "visits.withdraw_follow_up": {
        parameters: {
            query?: never;
            header: {
                /** @description One per intention, a UUID by preference. The same key again gives the first answer again. */
                "Idempotency-Key": string;
                /** @description The version of the command the body is written in; the present one when left out. One the server does not know is refused with `invalid_version`, and its key stays free. */
                "Command-Version"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawFollowUp"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoneNothing"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiCustomersGetCustomers: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words that name, short name, pinyin, initials, code or phone must contain, all of them */
                search?: string;
                /** @description exactly this one */
                territory?: string;
                /** @description id of a person */
                owner?: string;
                /** @description false: those that were put away */
                is_active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.customers.routes.CustomerRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFiguresDocumentsGetFigureDocuments: {
        parameters: {
            query: {
                metric: string;
                by: string;
                /** @description `key` of a row */
                key: string;
                /** @description the first day, YYYY-MM-DD */
                from: string;
                /** @description the last day, inclusive */
                to: string;
                /** @description this one and all below it */
                territory?: string | null;
                /** @description by territory: so many levels below the one asked for */
                level?: number;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.figures.routes.FigureDocument_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFiguresPolicyGetFigurePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigurePolicyRow"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFilesBlobsPostBlob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferBlob"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobState"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFilesBlobsSha256CompletePostBlobComplete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description SHA-256, lower-case hex */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobState"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFilesBlobsSha256NPutBlobPart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description SHA-256, lower-case hex */
                sha256: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiFilesPhotosPhotoIdGetPhoto: {
        parameters: {
            query?: {
                size?: "thumb" | "full";
            };
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentityFirstRunGetFirstRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstRunState"];
                };
            };
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentityFirstRunPostFirstRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstRun"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentityMeGetMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentityPeopleGetPeople: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                search?: string;
                role?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.identity.routes.PersonRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentitySessionsGetSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.identity.routes.SessionRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentitySessionsSessionIdDeleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentitySignInPostSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInAnswer"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiIdentitySignOutPostSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiInventoryMovementsGetMovements: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description only this one */
                warehouse?: string | null;
                /** @description only this one */
                variant?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.inventory.routes.MovementRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiInventoryStocksGetStocks: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words the goods must match */
                search?: string;
                /** @description only this one */
                warehouse?: string | null;
                /** @description only this one */
                variant?: string | null;
                /** @description only what nothing is available of */
                short?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.inventory.routes.StockRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiMessagesPushKeyGetPushKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushKeyShown"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersCountsGetCounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersDownlineGetDownlineTotals: {
        parameters: {
            query?: {
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.orders.routes.rows.DownlineTotals_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersExportGetExport: {
        parameters: {
            query?: {
                /** @description states, separated by commas; all without it */
                state?: string;
                /** @description of this customer */
                customer?: string;
                /** @description of customers this person looked after */
                owner?: string;
                /** @description placed by this person */
                person?: string;
                /** @description of exactly this one */
                territory?: string;
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description how a number begins, or words of a customer as in the list of customers */
                search?: string;
                /** @description true: only what something holds; false: only the rest */
                held?: boolean | null;
                /** @description of the headings */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersGetOrders: {
        parameters: {
            query?: {
                /** @description states, separated by commas; all without it */
                state?: string;
                /** @description of this customer */
                customer?: string;
                /** @description of customers this person looked after */
                owner?: string;
                /** @description placed by this person */
                person?: string;
                /** @description of exactly this one */
                territory?: string;
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description how a number begins, or words of a customer as in the list of customers */
                search?: string;
                /** @description true: only what something holds; false: only the rest */
                held?: boolean | null;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.orders.routes.rows.OrderListRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersOrderIdGetOneOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderDetail"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersProfitGetProfits: {
        parameters: {
            query?: {
                /** @description states, separated by commas; all without it */
                state?: string;
                /** @description of this customer */
                customer?: string;
                /** @description of customers this person looked after */
                owner?: string;
                /** @description placed by this person */
                person?: string;
                /** @description of exactly this one */
                territory?: string;
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description how a number begins, or words of a customer as in the list of customers */
                search?: string;
                /** @description true: only what something holds; false: only the rest */
                held?: boolean | null;
                by?: string;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.orders.routes.rows.ProfitRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersReturnsGetReturns: {
        parameters: {
            query?: {
                /** @description states, separated by commas; all without it */
                state?: string;
                /** @description of this customer */
                customer?: string;
                /** @description of customers this person looked after */
                owner?: string;
                /** @description placed by this person */
                person?: string;
                /** @description of exactly this one */
                territory?: string;
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description how a number begins, or words of a customer as in the list of customers */
                search?: string;
                /** @description true: only what something holds; false: only the rest */
                held?: boolean | null;
                /** @description of the return */
                return_state?: string;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.orders.routes.rows.ReturnListRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersSheetsPostSheet: {
        parameters: {
            query: {
                /** @description who orders and pays */
                customer: string;
                /** @description of the file */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetOrders"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersSheetsTemplateGetSheetTemplate: {
        parameters: {
            query?: {
                /** @description of the headings */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stream Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiOrdersTotalsGetTotals: {
        parameters: {
            query?: {
                /** @description states, separated by commas; all without it */
                state?: string;
                /** @description of this customer */
                customer?: string;
                /** @description of customers this person looked after */
                owner?: string;
                /** @description placed by this person */
                person?: string;
                /** @description of exactly this one */
                territory?: string;
                /** @description placed on this day or later */
                from?: string | null;
                /** @description placed on this day or earlier */
                until?: string | null;
                /** @description how a number begins, or words of a customer as in the list of customers */
                search?: string;
                /** @description true: only what something holds; false: only the rest */
                held?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderTotals"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiRankingsGetRanking: {
        parameters: {
            query: {
                /** @description completion: thousandths of the targets of sales, by rep or territory */
                metric: string;
                by: string;
                /** @description the first day, YYYY-MM-DD */
                from: string;
                /** @description the last day, inclusive */
                to: string;
                /** @description this one and all below it */
                territory?: string | null;
                /** @description by territory: so many levels below the one asked for */
                level?: number;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ranking"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesAccountsCustomerIdGetAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountRow"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesDebtTotalsGetDebtTotals: {
        parameters: {
            query?: {
                /** @description words the customer must match */
                search?: string;
                /** @description id of a person */
                owner?: string | null;
                /** @description exactly this one */
                territory?: string | null;
                /** @description only who is overdue */
                overdue?: boolean;
                /** @description overdue as of this day; today without it */
                day?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtTotals"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesDebtsGetDebts: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words the customer must match */
                search?: string;
                /** @description id of a person */
                owner?: string | null;
                /** @description exactly this one */
                territory?: string | null;
                /** @description only who is overdue */
                overdue?: boolean;
                /** @description also who owes nothing */
                all?: boolean;
                /** @description overdue as of this day; today without it */
                day?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.receivables.routes.DebtRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesDebtsByOwnerGetDebtsByOwner: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description words the customer must match */
                search?: string;
                /** @description id of a person */
                owner?: string | null;
                /** @description exactly this one */
                territory?: string | null;
                /** @description only who is overdue */
                overdue?: boolean;
                /** @description overdue as of this day; today without it */
                day?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.receivables.routes.OwnerDebtRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesItemsCustomerIdGetItems: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path: {
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.receivables.routes.OpenItemRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiReceivablesStatementCustomerIdGetStatement: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                /** @description since this day */
                from?: string | null;
                /** @description this day is the last */
                until?: string | null;
            };
            header?: never;
            path: {
                customer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.receivables.routes.StatementRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncCommandsListCommands: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                person?: string | null;
                name?: string | null;
                status?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.sync.queries.CommandSeen_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncEventsStreamEvents: {
        parameters: {
            query: {
                replica: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncHelloSayHello: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Hello"];
            };
        };
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncPullGivePull: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncPushTakePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncReplicasListReplicas: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.sync.queries.ReplicaSeen_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncReportTakeReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiSyncReportsListReports: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
                kind?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.sync.queries.ReportSeen_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiTargetsCompletionGetCompletion: {
        parameters: {
            query: {
                metric: string;
                by: string;
                /** @description the first day, YYYY-MM-DD */
                from: string;
                /** @description the last day, inclusive */
                to: string;
                /** @description targets of this category alone */
                category?: string | null;
                /** @description this one and all below it */
                territory?: string | null;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completion"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiTargetsGetTargets: {
        parameters: {
            query: {
                /** @description the first day, YYYY-MM-DD */
                from: string;
                /** @description the last day, inclusive */
                to: string;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.targets.routes.TargetListRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
    ApiVisitsGetVisits: {
        parameters: {
            query?: {
                /** @description whose visits; everybody's without it */
                person?: string | null;
                /** @description of which day, YYYY-MM-DD */
                day?: string | null;
                /** @description `next` of the page before */
                after?: string | null;
                /** @description rows at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_roundsman.visits.routes.VisitRow_"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            500: components["responses"]["Error"];
            503: components["responses"]["Busy"];
        };
    };
}
